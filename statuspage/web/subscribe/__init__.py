"""Subscribing, confirming, choosing, leaving: forms for strangers.

No cookie and no token: a form is taken from pages of this site alone (`kit.origins`), and nothing is sent to anybody
who has not confirmed. The answer never tells whether an address is known. Leaving by one click is RFC 8058's POST.
"""
