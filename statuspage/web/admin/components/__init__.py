"""Components and groups in the panel: the list with their order and status, creating, editing, archiving."""
