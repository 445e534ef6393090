"""Settings: the page's profile, message templates, people, one's own sessions, API tokens, mail, the audit log.

What a deployment fixes (addresses, database, mail relay) stands in `config.toml` and is only shown here.
"""
