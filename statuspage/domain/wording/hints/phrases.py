"""Promises of repair, blame, and codes of the team, in English and German. Pure.

Patterns stay within a sentence (`[^.;!?\n]`) and are bounded, so that a long text costs little.
"""

import re
from collections.abc import Iterator

from statuspage.domain.wording.enums import HintKind

_DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
_SPANS = r"(?:few|couple\s+of|half\s+an|next|coming)?\s*(?:minutes?|hours?|days?|moments?)"
_WHEN = (
    rf"(?:(?:by|within|in|at|before|until|around|about|no\s+later\s+than)\s+(?:about\s+|around\s+|the\s+)?"
    rf"(?:\d{{1,4}}(?:[:.]\d{{2}})?|an?\s+{_SPANS}|{_SPANS}|half\s+an\s+hour|end\s+of|today|tonight|tomorrow|noon|midnight|evening|{_DAYS})"
    r"|soon|shortly|today|tonight|tomorrow|momentarily|any\s+(?:minute|moment))\b"
)
_WILL = (
    r"(?:will|should|shall|(?:is|are)\s+going\s+to|(?:is|are)\s+expected\s+to|(?:hope|plan|aim|intend|expect)s?\s+to)"
)
_FIXED = (
    r"(?:fixed|resolved|repaired|restored|solved|recovered|back|online|available|operational|working|running|over|"
    r"completed?|normal)"
)
_FIX = r"(?:fix|resolve|repair|restore|solve|recover|deploy|roll\s+out|have\s+a\s+fix)"
_WORD = r"(?:\s+(?!updates?\b|news\b)[\w'-]+)"

_WHEN_DE = (
    r"(?:(?:bis|um|gegen|ab|vor|spätestens|innerhalb|binnen|in)\s+(?:spätestens\s+|etwa\s+|ca\.?\s+|circa\s+|zirka\s+)?"
    rf"(?:\d{{1,2}}(?:[.:]\d{{2}})?(?:\s*uhr)?|heute|morgen|mittag|mitternacht|{_DAYS}|zum\s+\w+|"
    r"(?:einer?|eine[mnrs]|den|der|wenigen|einigen|zwei|drei|vier)\s+(?:\w+\s+)?(?:minuten?|stunden?|tage[sn]?|tag)|"
    r"kürze|kurzem|ende)|bald|gleich|demnächst|heute|morgen|zeitnah|in\s+kürze)\b"
)
_WILL_DE = r"(?:wird|werden|sollte|sollten|soll|sollen|dürfte|dürften|ist|sind)"
_FIXED_DE = (
    r"(?:behoben|gelöst|repariert|wiederhergestellt|beseitigt|vorbei|"
    r"wieder\s+(?:da|verfügbar|erreichbar|online|normal|nutzbar|möglich|im\s+betrieb|funktionieren|laufen))"
)
_NOUN_DE = r"(?:lösung|behebung|wiederherstellung|reparatur|ende\s+der\s+störung)"
_REST = r"[^.;!?\n]"

_VENDORS = (
    r"(?:(?:hosting|cloud|network|internet|payment|mail|upstream)\s+)?(?:provider|vendor|supplier|hoster|carrier|"
    r"third\s+party|partner|data\s+cent(?:er|re))|aws|amazon(?:\s+web\s+services)?|azure|microsoft|google(?:\s+cloud)?|"
    r"gcp|cloudflare|fastly|akamai|hetzner|ovh|digitalocean|github|stripe|paypal|twilio|telekom|vodafone"
)
_VENDORS_DE = (
    r"(?:\w+-?)?(?:anbieters?|dienstleisters?|providers?|hosters?|lieferanten|zulieferers?|partners?|rechenzentrums?)|"
    r"aws|amazon|azure|microsoft|google|cloudflare|hetzner|ovh|telekom|vodafone|stripe|paypal"
)
_WHO = r"(?:operator|engineer|employee|administrator|admin|developer|colleague|technician|contractor|intern)"
_FAILED = r"(?:error|mistake|fault|forgot|failed|deleted|broke|misconfigured|missed|accidentally)"
_GUILTY = r"(?:failed|broke|messed|let\s+us\s+down|responsible|at\s+fault)"
_WHO_DE = r"(?:mitarbeiter(?:in|s)?|kolleg(?:e|in|en)|administrator(?:in|s)?|techniker(?:in|s)?|entwickler(?:in|s)?)"

_PATTERNS = {
    HintKind.PROMISE: (
        rf"\b{_WILL}{_WORD}{{0,4}}?\s+{_FIXED}\b{_WORD}{{0,3}}?\s+{_WHEN}",
        rf"\b{_WILL}{_WORD}{{0,2}}?\s+{_FIX}\b{_WORD}{{0,6}}?\s+{_WHEN}",
        rf"\bexpect(?:s|ed|ing)?{_WORD}{{0,4}}?\s+(?:fix|repair|solution|resolution|recovery)\b{_WORD}{{0,4}}?\s+{_WHEN}",
        r"(?<!no )(?<!no exact )(?<!without an )(?<!without )(?-i:\bETA\b)(?!\s+(?:yet|is\s+unknown|is\s+not))",
        rf"\b{_WILL_DE}\b{_REST}{{0,60}}?\b{_WHEN_DE}{_REST}{{0,40}}?\b{_FIXED_DE}\b",
        rf"\b{_WILL_DE}\b{_REST}{{0,40}}?\b{_FIXED_DE}\b{_REST}{{0,12}}?\b{_WHEN_DE}",
        rf"\b(?:rechnen|erwarten)\b{_REST}{{0,40}}?\b{_NOUN_DE}\b{_REST}{{0,30}}?\b{_WHEN_DE}",
        rf"\b(?:rechnen|erwarten)\b{_REST}{{0,20}}?\b{_WHEN_DE}{_REST}{{0,30}}?\b{_NOUN_DE}\b",
        rf"\bvoraussichtlich\b{_REST}{{0,50}}?\b{_FIXED_DE}\b",
    ),
    HintKind.CODE: (
        r"\bsev(?:erity)?(?:\s+level)?[\s-]?[0-5]\b",
        r"\bprio(?:rity|rität)?[\s-]?[0-5]\b",
        r"\bschweregrad\s+[0-5]\b",
        r"(?-i:(?<![\w-])P[0-4]\b)(?![\w/-])",
        r"(?-i:\b(?:INC|MNT)-\d{4}-\d{3,}\b)",
    ),
    HintKind.BLAME: (
        r"\b(?:human|user|operator)\s+error\b",
        rf"\b(?:one\s+of\s+our|an?|our)\s+(?:\w+\s+)?{_WHO}s?(?:'s)?\s+(?:\w+\s+)?{_FAILED}\b",
        r"\b(?:accidentally|carelessly|negligently|negligence|carelessness|incompetence)\b",
        r"\bshould\s+have\s+(?:\w+\s+)?(?:known|checked|tested|noticed|seen|prevented)\b",
        r"\b(?:is|are|was|were)\s+(?:solely\s+|entirely\s+)?to\s+blame\b",
        r"\b(?:your|the\s+customers?'?s?|their)\s+(?:own\s+)?fault\b",
        r"\bmenschliche[ns]?\s+(?:versagen|fehlers?)\b",
        r"\b(?:bedien|anwender|benutzer)fehlers?\b",
        rf"\b(?:ein(?:e[rsnm]?)?|unser(?:e[rsnm]?)?)\s+(?:\w+\s+)?{_WHO_DE}\s+(?:hat|hatte|haben)\b",
        rf"\bfehler\s+(?:eines|einer|unseres|unserer)\s+(?:\w+\s+)?{_WHO_DE}\b",
        r"\b(?:fahrlässig|nachlässig|schlamperei|versehentlich)\w*\b",
        r"\bschuld\s+(?:daran\s+)?(?:an|hat|haben|ist|sind|war|trägt|tragen)\b",
        r"\bhätten?\b[^.;!?\n]{0,50}?\b(?:müssen|sollen|bemerken|prüfen|testen)\b",
    ),
    HintKind.VENDOR: (
        rf"\b(?:because\s+of|due\s+to|caused\s+by|fault\s+of|thanks\s+to|blame)\s+(?:\w+\s+){{0,4}}?(?:{_VENDORS})\b",
        rf"\b(?:{_VENDORS})\s+(?:(?:has|have|had|is|are)\s+)?(?:again\s+|once\s+more\s+)?{_GUILTY}\b",
        rf"\b(?:{_VENDORS})'s\s+(?:fault|mistake|error|failure)\b",
        r"\b(?:outside|beyond)\s+(?:of\s+)?our\s+control\b",
        r"\bnot\s+our\s+fault\b",
        rf"\b(?:wegen|aufgrund|durch|dank)\s+(?:\w+\s+){{0,4}}?(?:{_VENDORS_DE})\b",
        rf"\b(?:{_VENDORS_DE})\s+(?:hat|haben|ist|sind)\s+(?:\w+\s+){{0,3}}?(?:versagt|schuld|verantwortlich|verursacht)\b",
        r"\baußerhalb\s+unser\w*\s+(?:kontrolle|einfluss\w*|verantwortung|macht)\b",
        r"\bnicht\s+(?:unsere|unser)\s+(?:schuld|fehler|verschulden)\b",
    ),
}  # fmt: skip
_COMPILED = [(kind, re.compile(one, re.IGNORECASE)) for kind, patterns in _PATTERNS.items() for one in patterns]


def phrases_in(text: str) -> Iterator[tuple[HintKind, int, int]]:
    """Yield kind, begin and end of every such phrase."""
    text = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for kind, pattern in _COMPILED:
        for found in pattern.finditer(text):
            yield kind, *found.span()
