"""Fixtures for every test; what they are made of, and a list of them, stands in `tests/kit/`."""

import gc
import os

import structlog
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.kit import compiled, guard

guard.install()
compiled.install()

# The shell that runs the tests may be set up for an installation; no test is.
for name in [name for name in os.environ if name.startswith("STATUSPAGE_")]:
    del os.environ[name]

# No example fails for being slow on a busy machine, and what failed once is printed, not remembered in a directory.
hypothesis_settings.register_profile(
    "house", deadline=None, max_examples=60, database=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")

# Logs of a failed test: one readable line each, short tracebacks.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)


def pytest_collection_finish() -> None:
    """Look through the loaded program and all tests once for garbage, not again and again: a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


pytest_plugins = [
    "tests.kit.fixtures.browsers",
    "tests.kit.fixtures.databases",
    "tests.kit.fixtures.mail",
    "tests.kit.fixtures.people",
    "tests.kit.fixtures.web",
]
