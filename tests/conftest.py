"""Fixtures for every test; what they are made of stands in `tests/kit/`."""

from tests.kit import guard

guard.install()

pytest_plugins = [
    "tests.kit.fixtures.browsers",
    "tests.kit.fixtures.databases",
    "tests.kit.fixtures.mail",
    "tests.kit.fixtures.people",
    "tests.kit.fixtures.web",
]
