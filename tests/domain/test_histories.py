"""Random histories keep every promise of `tests.domain.promises`."""

from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as effort
from hypothesis.stateful import run_state_machine_as_test

from tests.domain.histories import World

RELAXED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def play(template: Path, examples: int, steps: int) -> None:
    given = effort(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=RELAXED)
    run_state_machine_as_test(partial(World, template), settings=given)


def test_every_promise_is_kept_whatever_happens(sqlite_template: Path) -> None:
    play(sqlite_template, examples=4, steps=20)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(8))
def test_every_promise_is_kept_over_long_histories(sqlite_template: Path, part: int) -> None:
    play(sqlite_template, examples=50, steps=80)
