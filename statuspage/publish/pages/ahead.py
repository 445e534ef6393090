"""Reading at once what the pages at many addresses will ask for one by one."""

import re
from collections.abc import Iterable

from sqlalchemy.orm import Session

from statuspage.publish.reading import reading

_STORY = re.compile(r"/(incidents|maintenance)/([a-z0-9]{12})(?:\.json)?$")


def expect(session: Session, paths: Iterable[str]) -> None:
    """Read the stories whose pages (in any language or format) are at `paths`: as many queries as for one."""
    codes: dict[str, list[str]] = {"incidents": [], "maintenance": []}
    for path in paths:
        if found := _STORY.search(path):
            codes[found[1]].append(found[2])
    reading(session).expect(codes["incidents"], codes["maintenance"])
