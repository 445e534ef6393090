"""Help with the words wherever somebody writes for customers: templates to begin with, hints while typing.

offers   which templates a form offers, the best match first
using    a template's texts put into a form, without touching what somebody wrote
hints    what had better be said otherwise, asked for by the composer's script
"""
