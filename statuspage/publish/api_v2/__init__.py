"""The read API that clients of hosted status pages speak: same paths, same keys, nulls kept, CORS open.

`objects` turns facts into the shapes, `documents` says which objects stand in which document. Ids are the public
codes, instants carry milliseconds and `Z`.
"""
