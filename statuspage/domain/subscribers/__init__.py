"""Who wants to be told: addresses with their choices, confirmed by their owner.

A row lives from the first request until the owner leaves or never confirms; leaving forgets the address.
"""
