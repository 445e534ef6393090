"""Statuspage: a public status page and stakeholder communication site one can host oneself.

The package reads from the street down to the cellar: doors (`cli`, `wsgi`, `web`), the `worker`,
`delivery` and `publish`, the `domain`, the rows every change leaves behind (`audit`, `outbox`) and `core`.
A room imports only from floors below it.
"""

__version__ = "0.1.0"
