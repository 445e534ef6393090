"""Everything that changes an incident. Doors hand over a frozen draft; nothing here commits.

`declaring` opens an incident (`cloning` one like another, `retrospect` one that is over), `changing` and `steps` move
it on, `closing` closes what is over, `exits` and `false_alarms` end it early; `updates` takes what is said to
`publishing` (customers) or `notes` (the team), `redacting` and `retitling` take words out for good; `affected` carries
it into component impact, `milestones` and `refs` keep times and names.
"""

from statuspage.domain.incidents.actions.changing import change_incident
from statuspage.domain.incidents.actions.cloning import clone_incident, draft_like
from statuspage.domain.incidents.actions.closing import close_due, close_incidents
from statuspage.domain.incidents.actions.declaring import declare_incident
from statuspage.domain.incidents.actions.drafts import (
    FIXED_WORDS,
    Clearance,
    ComponentImpact,
    Correction,
    Ending,
    IncidentChange,
    IncidentDraft,
    PastIncident,
    Redaction,
    Resolution,
    TitleRedaction,
    UpdateDraft,
    without_approval,
)
from statuspage.domain.incidents.actions.exits import cancel_incident, merge_incident
from statuspage.domain.incidents.actions.false_alarms import close_as_false_alarm
from statuspage.domain.incidents.actions.publishing import PROMISE_HORIZON, WORKAROUND_LIMIT
from statuspage.domain.incidents.actions.retrospect import enter_past_incident
from statuspage.domain.incidents.actions.steps import acknowledge, close_incident, reopen_incident, resolve_incident
from statuspage.domain.incidents.actions.updates import correct_update, post_update, refuse_ended, retract_update

__all__ = [
    "FIXED_WORDS",
    "PROMISE_HORIZON",
    "WORKAROUND_LIMIT",
    "Clearance",
    "ComponentImpact",
    "Correction",
    "Ending",
    "IncidentChange",
    "IncidentDraft",
    "PastIncident",
    "Redaction",
    "Resolution",
    "TitleRedaction",
    "UpdateDraft",
    "acknowledge",
    "cancel_incident",
    "change_incident",
    "clone_incident",
    "close_as_false_alarm",
    "close_due",
    "close_incident",
    "close_incidents",
    "correct_update",
    "declare_incident",
    "draft_like",
    "enter_past_incident",
    "merge_incident",
    "post_update",
    "refuse_ended",
    "reopen_incident",
    "resolve_incident",
    "retract_update",
    "without_approval",
]
