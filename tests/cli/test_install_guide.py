"""`docs/install.md` keeps its word, as far as one machine can tell."""

import re
import shlex
import shutil
import subprocess
from functools import reduce
from pathlib import Path

import click
import pytest

from statuspage.cli.main import program
from statuspage.cli.shell import Shell
from tests.cli.conftest import Command
from tests.kit.source import ROOT, text

GUIDE = "docs/install.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", text(GUIDE), re.MULTILINE | re.DOTALL)
SHELL = [block for kind, block in BLOCKS if kind == "sh"]
UNITS = ("statuspage.service", "statuspage-backup.service", "statuspage-backup.timer")
OURS = [
    shlex.split(line.partition("-- statuspage ")[2])
    for block in SHELL
    for line in block.splitlines()
    if "-- statuspage " in line
]


def test_there_is_something_to_check() -> None:
    assert len(SHELL) >= 8
    assert len(OURS) >= 8


@pytest.mark.parametrize("block", SHELL, ids=lambda block: block.splitlines()[0][:40])
def test_every_block_is_shell(block: str) -> None:
    subprocess.run(["bash", "-n"], input=block, text=True, check=True)


def found(group: click.Group, word: str, said: object) -> click.Command:
    command = group.get_command(click.Context(group), word)
    assert command, said
    return command


@pytest.mark.parametrize("arguments", OURS, ids=lambda arguments: " ".join(arguments[:3]))
def test_every_command_exists_with_its_options(arguments: list[str]) -> None:
    group: click.Command = program
    rest = list(arguments)
    while isinstance(group, click.Group):
        group = found(group, rest.pop(0), arguments)
    known = {name for option in group.params for name in option.opts}
    assert {word for word in rest if word.startswith("--")} <= known, arguments


def test_every_command_in_a_sentence_exists() -> None:
    named = re.findall(r"`statuspage ([a-z]+(?: [a-z]+)?)", text(GUIDE))
    assert named
    for words in named:
        group: click.Command = program
        for word in words.split():
            if isinstance(group, click.Group):
                group = found(group, word, words)


def test_every_file_of_the_guide_is_there() -> None:
    linked = re.findall(r"\]\(([^)#]+)\)", text(GUIDE))
    copied = re.findall(r"/opt/statuspage/src/([\w./-]+)", text(GUIDE))
    for name in [f"docs/{link}" for link in linked if "://" not in link] + copied:
        assert (ROOT / name).resolve().exists(), name


def test_the_way_from_init_to_a_restore_can_be_gone(
    statuspage: Command, empty_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: dict[str, Path | str] = {
        "/etc/statuspage": empty_place / "etc",
        "/var/lib/statuspage": empty_place / "lib",
        "/var/backups/statuspage": empty_place / "backups",
        "$SITE": "status.example.com",
    }
    for place in places.values():
        if isinstance(place, Path):
            place.mkdir()
    monkeypatch.setenv("STATUSPAGE_CONFIG", str(empty_place / "etc" / "config.toml"))
    for arguments in OURS:
        outcome = statuspage(*(_here(word, places) for word in arguments))
        well = outcome.status == 0 or arguments[0] == "doctor"  # which misses a worker here
        assert well, (arguments, outcome.err)
    shell = Shell(empty_place / "etc" / "config.toml", {})
    assert shell.settings.site.base_url == "https://status.example.com"
    assert shell.settings.data.dir == empty_place / "lib"


def _here(word: str, places: dict[str, Path | str]) -> str:
    return reduce(lambda so_far, there: so_far.replace(there, str(places[there])), places, word)


def test_the_units_are_sound(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("systemd-analyze is not installed")
    for name in UNITS:
        whole = text(f"docs/{name}").replace("/opt/statuspage/venv/bin/statuspage", "/bin/true")
        (tmp_path / name).write_text(re.sub(r"^(User|Group)=.*$", "", whole, flags=re.MULTILINE))
    for name in UNITS:
        run = subprocess.run([verify, "verify", tmp_path / name], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        assert name not in run.stderr


def test_what_the_units_start_exists() -> None:
    started = [
        shlex.split(line.partition("bin/statuspage ")[2].rstrip("'"))
        for name in UNITS
        for line in text(f"docs/{name}").splitlines()
        if line.startswith("Exec")
    ]
    assert [words[0] for words in started] == ["db", "serve", "db"]
    for words in started:
        test_every_command_exists_with_its_options(words)
