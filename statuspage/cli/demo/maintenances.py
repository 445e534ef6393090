"""Playing a maintenance: its announcement and each word about it."""

from datetime import datetime, timedelta

from statuspage.cli.demo.stage import Beat, Stage
from statuspage.cli.demo.story import MaintenanceStep, ToldMaintenance
from statuspage.domain.maintenance.actions import (
    MaintenanceChange,
    MaintenanceDraft,
    MaintenanceUpdateDraft,
    change_maintenance,
    plan_maintenance,
    post_maintenance_update,
)
from statuspage.domain.maintenance.queries import maintenance_by_ref


def maintenance_beats(stage: Stage, told: ToldMaintenance) -> list[Beat]:
    """Return what happens in a maintenance and when."""
    begin = stage.instant(told)
    announced = begin - timedelta(days=told.announced_days)
    if told.announced_minutes_ago is not None:
        announced = stage.now - timedelta(minutes=told.announced_minutes_ago)
    player = _Player(stage, told, begin)
    beats = [Beat(announced, player.announce)]
    beats += [player.beat(step, begin + timedelta(minutes=step.after)) for step in told.steps]
    return [beat for beat in beats if beat.at <= stage.now]


class _Player:
    def __init__(self, stage: Stage, told: ToldMaintenance, begin: datetime) -> None:
        self.stage, self.told, self.begin = stage, told, begin
        self.by = stage.cast[told.by]
        self.ref = ""

    def announce(self, now: datetime) -> None:
        told = self.told
        draft = MaintenanceDraft(
            title=told.title,
            components=told.components,
            starts_at=self.begin,
            ends_at=self.begin + timedelta(minutes=told.minutes),
            timezone=str(self.stage.zone),
            body=told.body,
            auto_end=told.auto_end,
            notify=told.notify,
        )
        self.ref = plan_maintenance(self.stage.session, draft, by=self.by, now=now).ref

    def beat(self, step: MaintenanceStep, at: datetime) -> Beat:
        return Beat(at, lambda now: self._carry_out(step, now))

    def _carry_out(self, step: MaintenanceStep, now: datetime) -> None:
        session = self.stage.session
        maintenance = maintenance_by_ref(session, self.ref)
        if step.extend:
            later = MaintenanceChange(ends_at=maintenance.ends_at + timedelta(minutes=step.extend))
            change_maintenance(session, maintenance, later, by=self.by, now=now)
        said = MaintenanceUpdateDraft(body=step.body, status=step.status, notify=self.told.notify)
        post_maintenance_update(session, maintenance, said, by=self.by, now=now)
