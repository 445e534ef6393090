"""Settings: the page's profile and branding, message templates, people, one's own sessions, tokens, mail, audit log.

What a deployment fixes (addresses, database, mail relay) stands in `config.toml` and is only shown here.
"""
