"""What must still happen and what became of it.

An action leaves an `Event` (somebody is to be told) and a `Publication` (pages are to be rebuilt) in its own
transaction. `delivery` turns events into `Delivery` rows, one per recipient and channel, and records each
outcome; `publish` follows the publication number. Rows and queries live here, behaviour does not.
"""
