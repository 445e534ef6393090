"""Who may come in and what they may do: people, their sessions and one-time links, API tokens, rate buckets.

Rights are decided in `rules` from a role or a token's scope; whatever is not granted there is denied.
"""
