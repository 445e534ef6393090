"""`python -m bench` (or `make bench`): the numbers that matter, each beside what it is measured against.

Everything runs on this machine, over loopback, in temporary directories, and ends by itself. Tables go to the standard
output; what the product logs meanwhile stays in those directories.
"""

import argparse
import os
import platform
from argparse import Namespace
from collections.abc import Callable

from bench import fanout, growth, lighthouse, memory, page, panel, publishing, rebuild
from bench.installation import installation
from statuspage.core.log import configure_logging


def front_page(asked: Namespace) -> str:
    """Measure the front page beside nginx, where both programs are there."""
    lacking = page.missing()
    if lacking:
        return f"not measured: {' and '.join(lacking)} missing. Install with: apt install nginx-light wrk"
    with installation() as made:
        return page.report(page.compare(made, asked.rounds, asked.seconds))


def publish(asked: Namespace) -> str:
    """Measure the way from a commit to what visitors get."""
    with installation() as made:
        return publishing.report(publishing.measure(made, asked.updates))


def fan_out(asked: Namespace) -> str:
    """Measure one worker's mails a second."""
    return fanout.report(fanout.measure(asked.messages))


def small_machine(_asked: Namespace) -> str:
    """Measure the memory of everything `statuspage serve` runs."""
    with installation() as made:
        return memory.report(memory.measure(made))


def large_panel(asked: Namespace) -> str:
    """Measure every sort of page of the panel, and of answer of the API, over five thousand incidents."""
    return panel.report(panel.measure(asked.fetches))


def history(_asked: Namespace) -> str:
    """Measure what building and publishing cost with ten incidents and with five thousand."""
    return growth.report(growth.measure())


def judged(_asked: Namespace) -> str:
    """Let Lighthouse look at the pages."""
    lacking = lighthouse.missing()
    if lacking:
        return f"not measured: {' and '.join(lacking)} missing"
    with installation() as made:
        return lighthouse.report(lighthouse.measure(made))


def whole(_asked: Namespace) -> str:
    """Measure a whole build of a large company's pages."""
    return rebuild.report(rebuild.measure())


def large(asked: Namespace) -> str:
    """Measure publishing and the memory of what serves, on a large company's installation."""
    made = rebuild.large()
    made.builder().finish()
    found = [publishing.report(publishing.measure(made, asked.updates)), memory.report(memory.measure(made, 0))]
    made.database.dispose()
    return "\n".join(found)


PARTS: dict[str, Callable[[Namespace], str]] = {
    "page": front_page,
    "publish": publish,
    "fanout": fan_out,
    "memory": small_machine,
    "panel": large_panel,
    "growth": history,
    "rebuild": whole,
    "large": large,
    "lighthouse": judged,
}


def main() -> None:
    """Run the parts that were asked for and print each one's numbers."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure (default: everything)")
    parser.add_argument("--rounds", type=int, default=5, help="pairs of runs per case of the front page (5)")
    parser.add_argument("--seconds", type=int, default=3, help="length of one run (3)")
    parser.add_argument("--updates", type=int, default=60, help="publications per way (60)")
    parser.add_argument("--messages", type=int, default=10_000, help="recipients of the fan-out (10000)")
    parser.add_argument("--fetches", type=int, default=15, help="of each page of the panel (15)")
    asked = parser.parse_args()
    configure_logging("ERROR")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}", flush=True)
    for name in asked.parts or PARTS:
        print(f"\n{name}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
        print(PARTS[name](asked), flush=True)


if __name__ == "__main__":
    main()
