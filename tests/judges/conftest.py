"""Judges from outside, run by Node: `judge("validate.mjs", ..., given=pages)` returns what the script found.

`make test` installs them as `package-lock.json` has them, hash by hash. A script is one process and answers in JSON.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
MISSING = "Node or the judges' packages are missing, so this test is left out. To run it: install Node 20.19 or newer."
PATIENCE = 200  # seconds, a limit and not a pace

Judge = Callable[..., Any]


@pytest.fixture(scope="session")
def judge() -> Judge:
    """Run a script of this directory and return its answer; without Node the test is left out."""
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules").is_dir():
        pytest.skip(MISSING)

    def run(script: str, *arguments: str, given: object = None) -> Any:
        done = subprocess.run(
            [node, script, *arguments],
            cwd=HERE,
            env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")},
            input=json.dumps(given),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"{script} failed:\n{done.stderr[-3000:]}"
        return json.loads(done.stdout)

    return run
