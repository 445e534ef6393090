"""What may not stand in any file: silenced checkers without a reason, put-off work, traces of one machine."""

import re

import pytest

from tests.kit.source import files, report, texts

SILENCED = re.compile(r"#\s*(?:type:\s*ignore\b(?:\[[\w, -]+\])?|noqa\b(?::\s*[A-Z0-9, ]+)?|pragma: no cover)")
PUT_OFF = re.compile(r"\b(?:TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b|NotImplemented" + "Error")
MACHINE = re.compile(
    r"(?<![\w.])/(?:home|root|Users|work|opt/hostedtoolcache)/[\w.-]+"
    r"|(?:py" + r"pi\.org|python" + r"hosted\.org|registry\.npm" + r"js\.org|deb\.debian\.org)"
    r"|--(?:extra-)?index-url|--find-links"
)
# `/home/...` and the like may be the reader's machine in an instruction, never in code.
PROSE = (".md",)


def _lines(suffixes: tuple[str, ...]) -> list[tuple[str, int, str]]:
    return [
        (name, number, line)
        for name, text in texts().items()
        if name.endswith(suffixes)
        for number, line in enumerate(text.splitlines(), 1)
    ]


def test_every_silenced_checker_says_why() -> None:
    bare = [
        f"{name}:{number} {line.strip()}"
        for name, number, line in _lines((".py",))
        if (found := SILENCED.search(line)) and not re.match(r"\s*#\s*\S", line[found.end() :])
    ]
    report("Write the reason behind it, as in `# noqa: S105  # a word, no secret`:", bare)


def test_nothing_is_put_off() -> None:
    open_ends = [
        f"{n}:{i} {line.strip()[:90]}"
        for n, i, line in _lines((".py", ".html", ".css", ".js", ".toml"))
        if PUT_OFF.search(line)
    ]
    report("Do it, or leave it out and write an issue:", open_ends)


def test_no_file_knows_one_machine_or_registry() -> None:
    own = __name__.rpartition(".")[2]
    traces = [
        f"{name}: {found.group()}"
        for name, text in texts().items()
        if not name.endswith((*PROSE, f"{own}.py"))
        for found in MACHINE.finditer(text)
    ]
    report("A file works on every machine; take paths from the configuration and packages by name:", traces)


def test_no_test_is_left_out_without_a_reason() -> None:
    left_out = [
        f"{name}:{number} {line.strip()}"
        for name, number, line in _lines((".py",))
        if re.search(r"@pytest\.mark\.(skip|xfail)\b(?!\(reason=|if\()", line)
    ]
    report("Say why and until when, or delete the test:", left_out)


@pytest.mark.parametrize("suffix", [".py", ".toml", ".html", ".css", ".js", ".md"])
def test_every_text_ends_with_a_line_end_and_no_stray_blanks(suffix: str) -> None:
    untidy = [
        name
        for name, text in texts().items()
        if name.endswith(suffix)
        and text
        and (not text.endswith("\n") or "\t" in text or re.search(r"[ ]+$", text, re.MULTILINE))
    ]
    report("End the file with one line end, without tabs or blanks at line ends:", untidy)


def test_every_package_has_a_sign_on_its_door() -> None:
    unsigned = [
        name
        for name, text in texts().items()
        if name.startswith("statuspage/") and name.endswith("/__init__.py") and not text.lstrip().startswith('"""')
    ]
    rooms = {name.rpartition("/")[0] for name in files("statuspage/", ".py")}
    doorless = [f"{room}/__init__.py is missing" for room in sorted(rooms) if f"{room}/__init__.py" not in texts()]
    report(
        "Open the package with a docstring: what lives here, what does not, the flow through it:", unsigned + doorless
    )
