"""What Lighthouse says of the front page and of an incident: the demo's company as `statuspage serve` answers it.

Lighthouse plays a phone on a slow network (its default) by computing from what it saw, so a busy machine costs points.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from bench.installation import Installation

JUDGES = Path(__file__).parent.parent / "tests" / "judges"
CATEGORIES = "performance,accessibility,best-practices,seo"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def missing() -> list[str]:
    """Name what is not there: Node, its packages, a browser."""
    lacking = [] if shutil.which("node") else ["Node"]
    lacking += [] if (JUDGES / "node_modules").is_dir() else ["tests/judges/node_modules (make test installs them)"]
    return lacking if any(map(shutil.which, BROWSERS)) else [*lacking, "Chromium"]


def measure(made: Installation) -> dict[str, dict[str, Any]]:
    """Return what Lighthouse found, by the page's path."""
    node, browser = shutil.which("node"), next(found for name in BROWSERS if (found := shutil.which(name)))
    assert node
    paths = ["/", next(path for path in sorted(made.store.paths()) if path.startswith("/incidents/"))]
    with made.served() as served:
        origin = f"http://127.0.0.1:{served.port}"
        command = [node, "lighthouse.mjs", browser, CATEGORIES, *(origin + path for path in paths)]
        done = subprocess.run(command, cwd=JUDGES, capture_output=True, text=True, timeout=300, check=True)
    found = json.loads(done.stdout)
    return {path: found[origin + path] for path in paths}


def report(found: dict[str, dict[str, Any]]) -> str:
    """Print a line of scores and a line of times for each page, and what cost points."""
    lines = []
    for path, page in found.items():
        scores = ", ".join(f"{name} {score}" for name, score in page["scores"].items())
        times = ", ".join(f"{name.replace('-', ' ')} {value}" for name, value in page["metrics"].items())
        said = [times, page["fault"], *page["costs"]]
        lines += [f"{path}: {scores}", *(f"    {line}" for line in said if line)]
    return "\n".join(lines)
