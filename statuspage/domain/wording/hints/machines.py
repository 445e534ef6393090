"""Names and addresses of machines that customers cannot know: `db-7`, `web01.prod.internal`, `10.2.0.14`. Pure."""

import re
from collections.abc import Iterator, Sequence

_ROLE = (
    r"app|api|backup|cache|cluster|core|cron|db|dns|edge|esx|fe|fw|gw|host|job|k8s|kafka|kube|lb|ldap|mail|mongo|mq|mx|"
    r"mysql|nas|nginx|node|pg|pod|postgres|prod|proxy|queue|rabbit|redis|replica|router|san|search|server|smtp|sql|srv|"
    r"stage|staging|storage|sw|switch|vm|vpn|web|worker"
)
_INSIDE = r"(?:internal|intern|intra|intranet|local|localdomain|lan|corp|home\.arpa|svc|private|prod|staging)"
_NAMES = (
    re.compile(rf"(?<![\w.@-])(?:[a-z0-9-]{{1,63}}\.){{1,6}}{_INSIDE}\b(?![.-]?\w)", re.IGNORECASE),
    re.compile(rf"(?<![\w.@-])(?:[a-z0-9-]{{1,63}}\.){{1,6}}{_INSIDE}(?:\.[a-z0-9-]{{2,63}}){{1,4}}\b", re.IGNORECASE),
    re.compile(r"(?<![\w.])(?<!ersion )(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}\b"),
    re.compile(
        rf"(?<![\w./@:-])(?:[a-z][a-z0-9]{{0,14}}-){{0,3}}(?:{_ROLE})-?\d{{1,4}}[a-z]?(?:-[a-z0-9]{{1,14}}){{0,3}}\b(?!-?\w)"
    ),
    re.compile(rf"(?<![\w./@:-])(?:{_ROLE})(?:-[a-z][a-z0-9]{{0,14}}){{1,3}}-\d{{1,4}}[a-z]?\b(?!-?\w)"),
    re.compile(r"\b(?:i|vol|eni)-[0-9a-f]{8,17}\b"),
)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>()\"']+", re.IGNORECASE)


def machines_in(text: str, shown: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield begin and end of every machine's name; names that customers know (`shown`) are none, links are theirs."""
    usual = {name.casefold() for name in shown}
    links = [found.span() for found in _ADDRESS.finditer(text) if not _leads_inside(found[0])]
    for pattern in _NAMES:
        for found in pattern.finditer(text):
            inside_a_link = any(start <= found.start() < end for start, end in links)
            if not inside_a_link and found[0].casefold() not in usual:
                yield found.span()


def _leads_inside(address: str) -> bool:
    host = re.sub(r"^https?://", "", address, flags=re.IGNORECASE).partition("/")[0].partition(":")[0]
    return any(pattern.fullmatch(host) for pattern in _NAMES)
