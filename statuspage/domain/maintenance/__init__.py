"""Scheduled work: windows announced in a named zone, updates, automatic start and end.

Everything here is public from the moment it is planned. A started maintenance holds its components through impact
intervals; every window ever announced is kept, because what was announced in time excuses downtime.
"""
