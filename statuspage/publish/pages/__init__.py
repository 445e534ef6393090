"""The public URL map: an address, the facts behind it, a view of frozen values, a template, bytes.

`routes` answers one address, `listing` knows all of them and which a change or the clock touches. Every other module
is one page or a part that pages share. Pages read `publish.facts` alone and get `as_of` from the build; none reads
the clock, a request or the door's state, so the same database and the same `as_of` give the same bytes.
"""

from statuspage.publish.pages.ahead import expect
from statuspage.publish.pages.listing import all_paths, is_urgent, timed_paths, touched_paths
from statuspage.publish.pages.routes import render

__all__ = ["all_paths", "expect", "is_urgent", "render", "timed_paths", "touched_paths"]
