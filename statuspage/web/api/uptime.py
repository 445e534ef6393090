"""How downtime counts."""

from dataclasses import asdict, replace

from statuspage.domain.accounts.enums import Right
from statuspage.domain.components.profile import change_counting
from statuspage.domain.components.queries import counting
from statuspage.web.api.registry import Part
from statuspage.web.api.shapes.uptime import CountingPatch, CountingShape
from statuspage.web.kit.current import by, now, session

part = Part("Uptime", "How downtime counts; printed on the public page about uptime.")


@part.get("/uptime/counting", Right.VIEW, gives=CountingShape)
def get_counting() -> CountingShape:
    """Read how downtime counts."""
    return CountingShape(**asdict(counting(session())))


@part.patch("/uptime/counting", Right.MANAGE, takes=CountingPatch, gives=CountingShape)
def patch_counting(sent: CountingPatch) -> CountingShape:
    """Change how downtime counts; every bar and percentage follows, past ones too."""
    wanted = replace(counting(session()), **sent.model_dump(exclude_unset=True))
    return CountingShape(**asdict(change_counting(session(), wanted, by=by(), now=now())))
