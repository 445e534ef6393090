"""Doors for people and programs, one package per kind of visitor, and the `kit` they share.

A door reads what came in, makes a frozen draft of it, calls one action of the domain and shows what became of it. It
holds no rule about incidents, writes no SQL and commits nothing: one request is one transaction, and the kit ends it.
"""
