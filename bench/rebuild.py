"""A large company's installation: 5,000 incidents on 500 components in ten years. Building every page of it, as after
an upgrade, with one process for every core of the machine.

Processor seconds are those of all processes together; divided by the cores they are what a machine with nothing else to
do takes at least.
"""

import os
import resource
import sys
import time
from dataclasses import dataclass

import click

from bench.grown import grown
from bench.installation import Installation
from statuspage.cli.seed.sowing import Amount
from statuspage.cli.site import Progress

LARGE = Amount(incidents=5000, components=500, subscribers=10, days=3650)


@dataclass(frozen=True)
class Rebuild:
    """Pages, seconds by the clock, processor seconds, and the most megabytes that one process had."""

    pages: int
    seconds: float
    processor: float
    megabytes: float


def large() -> Installation:
    """Return the installation, made at most once a day."""
    return grown(LARGE)


def measure() -> Rebuild:
    """Build every page anew, and show how far it is."""
    made = large()
    builder = made.builder()
    spent, begun = _spent(), time.monotonic()
    with click.progressbar(length=0, label="Building pages", file=sys.stderr) as bar:
        builder.build_all(Progress(bar), os.cpu_count() or 1)
    seconds, processor = time.monotonic() - begun, _spent() - spent
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    pages = len(builder.store.paths())
    made.database.dispose()
    return Rebuild(pages, seconds, processor, most / 1024)


def _spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def report(found: Rebuild) -> str:
    """Return what was measured as two lines."""
    return (
        "whole build              pages   seconds   processor s   per page ms   most MB of a process\n"
        f"  {LARGE.incidents:,} incidents   {found.pages:13,}{found.seconds:10.0f}{found.processor:14.0f}"
        f"{found.processor * 1000 / found.pages:14.1f}{found.megabytes:23.0f}"
    )
