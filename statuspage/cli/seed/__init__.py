"""The data set of `statuspage seed`: as much as a large company gathers in years, for measuring and load tests.

`words.toml` holds the vocabulary, `chance` draws from it and from a fixed seed, `courses` imagines how each incident
went, and `incidents`, `components`, `maintenances`, `subscribers` write rows as the domain's actions would have left
them, many at a time. `ground` says what stands there before, `sowing` carries it out in one transaction, `command`
says what came of it. Nothing is sent: whoever is subscribed has an address below `.example`, which belongs to nobody
(RFC 2606), and was told already.
"""
