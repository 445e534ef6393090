"""What is installed: the lock, the declared dependencies and the wheel agree with the code."""

import ast
import re
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from statuspage.core.paths import migrations_dir, static_dir, templates_dir
from tests.kit.source import ROOT, files, report, text, tree

LOCKS = ("requirements.txt", "requirements-dev.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# Needed without an `import`: SQLAlchemy loads the drivers, zoneinfo the zones.
LOADED_BY_NAME = {"psycopg", "pysqlite3", "tzdata"}


def _names(requirements: list[str]) -> set[str]:
    return {_normal(re.split(r"[\[<>=!~; ]", line, maxsplit=1)[0]) for line in requirements}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _declared() -> set[str]:
    project = PROJECT["project"]
    return _names(project["dependencies"]) | _names(
        [i for extra in project["optional-dependencies"].values() for i in extra]
    )


def _imported_packages() -> set[str]:
    tops: set[str] = set()
    for name in files("statuspage/", ".py"):
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.Import):
                tops |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                tops.add(node.module.partition(".")[0])
    providers = packages_distributions()
    foreign = tops - set(sys.stdlib_module_names) - {"statuspage", "_typeshed"}
    return {_normal(providers.get(top, [top])[0]) for top in foreign}


def test_every_imported_package_is_declared() -> None:
    report("Add it to pyproject.toml, then `make lock`:", sorted(_imported_packages() - _declared()))


def test_every_declared_package_is_used() -> None:
    unused = _declared() - _imported_packages() - LOADED_BY_NAME
    report("Take it out of pyproject.toml, then `make lock`:", sorted(unused))


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_pins_every_package_by_version_and_hash(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text(lock), flags=re.MULTILINE).strip())
    loose = [entry.splitlines()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry]
    report("Write the lock with `make lock`:", loose)


def test_the_lock_holds_every_declared_package() -> None:
    groups = PROJECT["dependency-groups"]
    wanted = {
        "requirements.txt": _declared() | _names(groups["build"]),
        "requirements-dev.txt": _declared() | _names([line for group in groups.values() for line in group]),
    }
    missing = [
        f"{name} in {lock}"
        for lock, names in wanted.items()
        for name in sorted(names - _names(re.findall(r"^[\w.\[\]-]+==", text(lock), re.MULTILINE)))
    ]
    report("Run `make lock`:", missing)


def test_the_wheel_carries_templates_static_files_and_migrations(tmp_path: Path) -> None:
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    carried = set(zipfile.ZipFile(wheel).namelist())
    wanted = set(files("statuspage/", ".py"))
    for directory in (templates_dir(), static_dir(), migrations_dir()):
        local = directory.relative_to(ROOT).as_posix()
        wanted |= {f"statuspage/_data/{name}" for name in files(f"{local}/")}
    report("The wheel lacks:", sorted(wanted - carried))
