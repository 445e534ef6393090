"""How the owner dresses the page: logo, icon, accent colour, links and text at its foot.

Every saving is a row of its own; the newest is what the page wears, earlier ones can be brought back and keep what
pages in some cache still name reachable. A picture is written anew (`core.pictures`) before it is kept, and is named by
its bytes. `rules` derives from any colour one that can be read on every ground of both schemes. Name, zone and support
link are the page's own and stand in `domain.components`.
"""
