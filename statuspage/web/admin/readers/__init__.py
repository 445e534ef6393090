"""What readers tell us, for the team: suggested on the first page, told in the room, listed whole.

Nothing of it is ever published by itself.
"""
