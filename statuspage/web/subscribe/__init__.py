"""Subscribing, confirming, choosing, leaving, reporting a problem, answering what a page asks: forms for strangers.

No cookie and no token: a form is taken from pages of this site alone (`kit.origins`), and nothing is sent to anybody
who has not confirmed, but for the one question to who left an address with a report. The answer never tells whether an
address is known. Leaving by one click is RFC 8058's POST.
"""
