"""Where things stand: tests mirror the package, the README's commands exist, vendored files are what they were."""

import hashlib
import json
import re

from click import Command, Context, Group

from statuspage.cli.main import program
from tests.kit.source import ROOT, files, report, text, tracked

# Tests of the whole house rather than of one room.
OWN_ROOMS = {"house", "kit", "browser", "faults", "conformance", "judges", "story"}
TOP_LEVEL = {
    *("pyproject.toml", "statuspage", "templates", "static", "migrations", "tests", "config.example.toml", "README.md"),
    *("Makefile", "bench", ".ci", "docs", "CHANGELOG.md", "requirements.txt", "requirements-dev.txt", ".gitignore"),
    "LICENSE",
}
MANIFEST = "static/vendor/manifest.json"


def test_tests_stand_where_the_room_stands() -> None:
    rooms = {name.rpartition("/")[0] for name in files("statuspage/", ".py")}
    strays = [
        name
        for name in files("tests/", ".py")
        if name.count("/") > 1
        and name.split("/")[1] not in OWN_ROOMS
        and name.rpartition("/")[0].replace("tests", "statuspage", 1) not in rooms
    ]
    report("Put the test into the directory of the room it is about:", strays)


def test_every_test_is_found() -> None:
    lost = [
        name
        for name in files("tests/", ".py")
        if not name.rpartition("/")[2].startswith("test_") and re.search(r"^def test_", text(name), re.MULTILINE)
    ]
    report("pytest looks into test_<subject>.py only:", lost)


def test_the_top_level_is_short() -> None:
    tops = {name.partition("/")[0] for name in tracked()}
    report("Keep the top level short; put it below docs/, bench/ or tests/:", sorted(tops - TOP_LEVEL))


def _blocks(name: str) -> list[str]:
    """Return the command lines of a Markdown file's fenced shell blocks and of its inline code."""
    fenced = re.findall(r"^```(?:sh|console|bash)?\n(.*?)^```", text(name), re.MULTILINE | re.DOTALL)
    lines = [line.strip().removeprefix("$ ") for block in fenced for line in block.splitlines()]
    return lines + re.findall(r"`([^`\n]+)`", text(name))


def _documents() -> list[str]:
    return [name for name in ("README.md", *files("docs/", ".md")) if not name.startswith("docs/decisions/")]


def test_every_make_target_that_is_written_about_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    spoken = {
        (name, word)
        for name in _documents()
        for line in _blocks(name)
        for word in re.findall(r"(?:^|&& )(?:[A-Z]+=\S+ )*make ([a-z]+)", line)
    }
    report(
        "The Makefile has no such target:", [f"{n}: make {word}" for n, word in sorted(spoken) if word not in targets]
    )


def _known(words: list[str]) -> bool:
    command: Command | None = program
    for word in words:
        if not isinstance(command, Group):
            break
        command = command.get_command(Context(command), word)
    return command is not None


def test_every_command_that_is_written_about_exists() -> None:
    unknown = []
    for name in _documents():
        for line in _blocks(name):
            found = re.search(r"(?:^|[ /])statuspage((?: (?:--config \S+))?)((?: [a-z]+)+)", line)
            if (
                found
                and not line.startswith(("systemctl", "apt", "pip", "adduser", "useradd", "git"))
                and not _known(found[2].split()[:2])
            ):
                unknown.append(f"{name}: {line}")
    report("There is no such command:", unknown)


def test_vendored_files_are_the_ones_that_were_fetched() -> None:
    directory = ROOT / "static/vendor"
    if not directory.is_dir():
        return
    manifest = json.loads((ROOT / MANIFEST).read_text(encoding="utf-8"))
    present = {
        path.relative_to(directory).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in directory.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert present == {entry["file"]: entry["sha256"] for entry in manifest["files"]}, f"{MANIFEST} tells otherwise"
