"""What a status page is about, in tiers: accounts < components < incidents < maintenance | subscribers |
feedback.

Every package has the same small rooms, each optional: `enums` (words), `models` (rows), `rules` (pure decisions),
`queries` (reading), `actions` (changing). Actions receive a session, a draft, who acts and `now`; they never commit.
"""
