"""Writing messages: facts -> templates -> one set of bytes per event and language -> one message per recipient.

`loading` reads an event's facts, `rendering` writes subject, text and HTML, `headers` says who and which thread, `mime`
makes bytes with marks in them, `marks` puts a recipient's values in. Nothing here sends anything.
"""
