"""What waits, for the first page: what this person has to approve, what goes out later, what came back to them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from statuspage.domain.accounts.enums import Right
from statuspage.domain.editorial.enums import DraftState
from statuspage.domain.editorial.queries import waiting_drafts
from statuspage.web.kit.current import by, caller, reader, session

if TYPE_CHECKING:
    from statuspage.domain.editorial.models import Draft


@dataclass(frozen=True)
class WaitingHere:
    """Drafts of all incidents: `to_decide` for this person, `waiting` for somebody or something else, `came_back`."""

    to_decide: "list[Draft]"
    waiting: "list[Draft]"
    came_back: "list[Draft]"

    @property
    def anything(self) -> bool:
        """Whether there is something to show."""
        return bool(self.to_decide or self.waiting or self.came_back)


def waiting_here() -> WaitingHere:
    """Return what waits."""
    to_decide, waiting, came_back = [], [], []
    for draft in waiting_drafts(session(), reader()):
        mine = draft.author_id == by().user_id
        if draft.state is DraftState.RETURNED:
            came_back += [draft] * mine
        elif draft.state is DraftState.WAITING_APPROVAL and not mine and caller().may(Right.PUBLISH):
            to_decide.append(draft)
        else:
            waiting.append(draft)
    return WaitingHere(to_decide, waiting, came_back)
