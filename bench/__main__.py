"""`python -m bench` (or `make bench`): the numbers that matter, each beside what it is measured against.

Everything runs on this machine, over loopback, in temporary directories, and ends by itself.
"""

import argparse
import os
import platform

from bench import fanout, page, publishing
from bench.installation import Installation, installation

PARTS = ("page", "publish", "fanout")


def main() -> None:
    """Run the parts that were asked for and print each one's numbers."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure (default: everything)")
    parser.add_argument("--rounds", type=int, default=5, help="pairs of runs per case of the front page (5)")
    parser.add_argument("--seconds", type=int, default=3, help="length of one run (3)")
    parser.add_argument("--updates", type=int, default=60, help="publications per way (60)")
    parser.add_argument("--messages", type=int, default=10_000, help="recipients of the fan-out (10000)")
    asked = parser.parse_args()
    parts = asked.parts or PARTS
    cores, load = os.cpu_count(), os.getloadavg()[0]
    print(f"Python {platform.python_version()}, {cores} cores, load {load:.1f} before the start", flush=True)
    if "page" in parts or "publish" in parts:
        with installation() as made:
            if "page" in parts:
                print(f"\n{_front_page(made, asked.rounds, asked.seconds)}", flush=True)
            if "publish" in parts:
                print(f"\n{publishing.report(publishing.measure(made, asked.updates))}", flush=True)
    if "fanout" in parts:
        print(f"\n{fanout.report(fanout.measure(asked.messages))}", flush=True)


def _front_page(made: Installation, rounds: int, seconds: int) -> str:
    lacking = page.missing()
    if lacking:
        names = " and ".join(lacking)
        return f"front page: not measured, {names} missing. Install with: apt install nginx-light wrk"
    return page.report(page.compare(made, rounds, seconds))


if __name__ == "__main__":
    main()
