"""Maintenance in the panel: the list, planning, the page of one, its steps."""
