"""Subscribers as the team sees them: the list, adding, removing."""
