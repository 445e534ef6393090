"""Templates: every event is spoken of, every file is used, nothing skips escaping."""

import re

from jinja2 import Environment, TemplateSyntaxError

from statuspage.outbox.enums import EventKind
from tests.kit.source import ROOT, files, report, text

FORMS = ("txt", "html")
REFERENCE = re.compile(r"""["']((?:[a-z_.]+/)*[a-z_.]+\.(?:html|txt|xml|svg))["']""")


def test_every_event_has_a_message() -> None:
    missing = [
        name
        for kind in EventKind
        for form in FORMS
        if not (ROOT / (name := f"templates/messages/{kind}.{form}")).is_file()
    ]
    report("Write these; a message nobody wrote cannot be sent:", missing)


def test_every_template_is_well_formed() -> None:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    faults = []
    for name in files("templates/"):
        try:
            environment.parse(text(name), name)
        except TemplateSyntaxError as fault:
            faults.append(f"{name}:{fault.lineno} {fault.message}")
    report("Jinja cannot read:", faults)


def test_every_template_is_used() -> None:
    sources = files("statuspage/", ".py") + files("templates/")
    spoken = {match for name in sources for match in REFERENCE.findall(text(name))}
    idle = [
        name
        for name in (path.removeprefix("templates/") for path in files("templates/"))
        if name not in spoken and not name.startswith(("messages/", "errors/", "languages/"))
    ]
    report("Nothing renders, extends or imports:", idle)


def test_no_template_skips_escaping() -> None:
    unescaped = re.compile(r"(?<!['\"\s])\s*\|\s*safe\b|autoescape false")  # a literal is the author's own
    loose = [name for name in files("templates/", ".html") if unescaped.search(text(name))]
    report("Let a filter return Markup where the text has been cleaned, as `markdown` does:", loose)
