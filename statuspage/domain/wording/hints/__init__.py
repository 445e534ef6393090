"""Reading a public text before customers do: what had better be said otherwise, and why. Hints never forbid.

`reading` puts the rules together and is pure; each rule knows English and German: `phrases` (promises, blame),
`machines` (host names), `people` (names). `asking` reads what this installation knows and asks them.
"""

from statuspage.domain.wording.hints.asking import hints_for, known_here
from statuspage.domain.wording.hints.reading import LENGTH, Hint, Known, find_hints

__all__ = ["LENGTH", "Hint", "Known", "find_hints", "hints_for", "known_here"]
