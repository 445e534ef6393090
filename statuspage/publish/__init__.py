"""The public side as a static site that rebuilds itself: one stored answer per public address.

`facts` reads what the public may know out of the database, `pages` is the map from an address to its bytes,
`feeds` and `api_v2` write the same facts for programs. The builder stores those bytes once per change, the
follower keeps a host up to date, and the door answers visitors from the store without database or framework.
"""
