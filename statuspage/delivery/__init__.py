"""Telling people: from an event in the outbox to a message in somebody's mailbox.

`audience` says who is told, `expander` turns an event into one delivery per recipient, `messages` writes what is said,
`composer` finishes it per recipient, `courier` claims, sends and writes down what became of it, `retry` decides what
follows from an outcome, and `channels` are the only senders. `office` puts the parts together. Behaviour only: rows
and their queries are in `outbox`, threads and clocks in `worker`.
"""
