"""Incidents and what is said about them: updates with versions, milestones, promises, component impact.

`actions` declares incidents and moves them on, `updates` posts, corrects and retracts what is said. Public words and
statuses come only from public updates; the internal state follows them forward and never pulls them.
"""
