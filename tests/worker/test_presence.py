import subprocess
import sys
from pathlib import Path

from statuspage.core.db import new_id
from statuspage.worker.presence import DIRECTORY, Presence

HOLD = """
import sys, uuid
from pathlib import Path
from statuspage.worker.presence import Presence
presence = Presence(Path(sys.argv[1]), uuid.UUID(sys.argv[2]))
print("here", flush=True)
sys.stdin.read()
"""


def test_a_killed_worker_is_noticed_and_a_living_one_is_not(tmp_path: Path) -> None:
    mine, other = Presence(tmp_path, new_id()), new_id()
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path), str(other)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"here\n"
    assert mine.dead() == []
    process.kill()
    process.communicate()
    assert mine.dead() == [other]
    mine.forget(other)
    assert mine.dead() == []
    mine.leave()


def test_leaving_removes_the_file(tmp_path: Path) -> None:
    Presence(tmp_path, new_id()).leave()
    assert list((tmp_path / DIRECTORY).iterdir()) == []
