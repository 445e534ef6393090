"""The cellar: clock, configuration, database, errors, ids, links, log, paths, secrets, templating, text.

Nothing here knows what an incident is. Modules import the standard library, third-party packages and each other.
"""
