"""The only rooms that hand a message to the world outside; each answers with an `Outcome` and never raises
one.

`mail` opens the configured transport: `smtp` speaks to a relay over one reused connection, `files` writes
`.eml` files. `replies` decides what a server's answer means. Whoever claims a delivery, records it and
decides on another try is `delivery.courier`, not a channel.
"""
