"""Everything that happens to a draft. Doors hand over frozen values; nothing here commits.

`saving` keeps what is typed, `sending` checks it and sends it off (`declaring` with the incident it is about),
`asking` knows whether a second person is needed and `approving` is their part, `queue`
carries out what is due and takes it back before. `words` turns what will be published into JSON and back.
"""

from statuspage.domain.editorial.actions.approving import approve_draft, return_draft
from statuspage.domain.editorial.actions.declaring import clear_first_notice, declare_and_send
from statuspage.domain.editorial.actions.queue import (
    publish_draft,
    publish_due,
    rehearse,
    set_aside_waiting,
    withdraw_draft,
)
from statuspage.domain.editorial.actions.saving import Typed, discard_draft, forget_drafts, save_draft
from statuspage.domain.editorial.actions.sending import Sending, send_draft
from statuspage.domain.editorial.actions.words import Word, carry_out

__all__ = [
    "Sending",
    "Typed",
    "Word",
    "approve_draft",
    "carry_out",
    "clear_first_notice",
    "declare_and_send",
    "discard_draft",
    "forget_drafts",
    "publish_draft",
    "publish_due",
    "rehearse",
    "return_draft",
    "save_draft",
    "send_draft",
    "set_aside_waiting",
    "withdraw_draft",
]
