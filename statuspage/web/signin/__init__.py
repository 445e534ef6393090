"""Coming in and going out: password, invitation, forgotten password, the one-time set-up, signing out.

Sessions themselves are the kit's (`kit.cookies`, `kit.people`). No account exists until somebody opens the set-up
link that `statuspage init` prints.
"""
