"""What readers tell us: problems they report, whether an update helped, whether a resolved one is over for them, and
whether they were told and helped soon enough.

Counts and words for the team alone: nothing of it ever stands on a public page, and nothing here publishes. A report is
kept for thirty days; a mail address in it is used for one question ("fixed, or still broken?") and then forgotten.
"""
