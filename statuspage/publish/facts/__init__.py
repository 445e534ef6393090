"""What the public may know, as frozen values: the only way from rows to anything a stranger can read.

Every module turns rows of one domain package into facts and leaves out what is internal: unpublished incidents,
internal notes, internal components, titles and names meant for staff. Templates, feeds and the API read facts alone,
so nothing else can reach them. Facts hold instants in UTC and no verdict that depends on the reader.
"""
