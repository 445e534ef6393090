"""Public pages that are not in the store: a new installation, a deleted directory, a disk that cannot be written.

The door answers everything it holds; what reaches this package is rendered by `publish` and kept if possible. No page
exists here that `publish` does not know.
"""
