"""The company of `statuspage demo`: a living status page dated relative to now, for looking at and trying out.

`company.toml`, `incidents.toml` and `maintenance.toml` tell the story, `story` reads them, `play` carries them out
through the domain's own actions in the order in which they happened, and `command` serves the result. Everything is
kept under `var/demo`; no configuration file or environment of a real installation is read, nothing leaves the machine.
"""
