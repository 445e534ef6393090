"""The front page from the public door, beside nginx serving the same bytes with the same headers as static files.

Both have one serving process, and both are asked in turns by the same client over 64 kept connections, so that
whatever else the machine does hits both. Besides requests per second it shows the processor time a request costs the
server, which a busy neighbour changes least.
"""

import os
import re
import shutil
import socket
import statistics
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.installation import Installation, Served

CONNECTIONS = 64
NEEDED = ("nginx", "wrk")
_CASES = {"identity": {}, "gzip": {"Accept-Encoding": "gzip"}, "304": {"Accept-Encoding": "gzip"}}
_OWN_HEADERS = (
    "connection",
    "server",
    "date",
    "content-length",
    "content-type",
    "last-modified",
    "etag",
    "content-encoding",
)
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Run:
    """One run of the client: requests per second, latencies in ms, processor time per request in µs, failures."""

    rate: float
    p50: float
    p99: float
    cost: float
    failed: int


@dataclass(frozen=True)
class Comparison:
    """Door and nginx in one case; the ratio is the median over pairs of neighbouring runs."""

    case: str
    door: Run
    nginx: Run
    ratio: float


def missing() -> list[str]:
    """Return the programs that this machine lacks for the comparison."""
    return [name for name in NEEDED if shutil.which(name) is None]


def compare(made: Installation, rounds: int, seconds: int) -> list[Comparison]:
    """Ask door and nginx in turns, `rounds` times for `seconds` seconds in each case."""
    with made.served() as door, _nginx(made, door) as nginx:
        return [_case(name, headers, door, nginx, (rounds, seconds)) for name, headers in _CASES.items()]


def _case(name: str, headers: dict[str, str], door: Served, nginx: Served, effort: tuple[int, int]) -> Comparison:
    asked = []
    for server in (door, nginx):
        tag = {"If-None-Match": _headers_of(server, headers)["etag"]} if name == "304" else {}
        asked.append((server, headers | tag))
    runs: list[list[Run]] = [[], []]
    for _ in range(effort[0]):
        for place, (server, wanted) in enumerate(asked):
            runs[place].append(_run(server, wanted, effort[1]))
    ratios = [ours.rate / theirs.rate for ours, theirs in zip(*runs, strict=True)]
    return Comparison(name, _middle(runs[0]), _middle(runs[1]), statistics.median(ratios))


def _middle(runs: list[Run]) -> Run:
    def median(name: str) -> float:
        return statistics.median(getattr(run, name) for run in runs)

    return Run(median("rate"), median("p50"), median("p99"), median("cost"), sum(run.failed for run in runs))


def _run(server: Served, headers: dict[str, str], seconds: int) -> Run:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    before = _processor_seconds(server.pid)
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{server.port}/"], capture_output=True, text=True, check=True
    ).stdout
    spent = _processor_seconds(server.pid) - before
    requests = int(_found(r"(\d+) requests in", said))
    failed = sum(
        int(count) for count in re.findall(r"(?:Non-2xx or 3xx responses|connect|read|write|timeout):? (\d+)", said)
    )
    return Run(
        rate=float(_found(r"Requests/sec:\s+([\d.]+)", said)),
        p50=_milliseconds(_found(r"50%\s+([\d.]+\w+)", said)),
        p99=_milliseconds(_found(r"99%\s+([\d.]+\w+)", said)),
        cost=spent * 1e6 / requests,
        failed=failed,
    )


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise RuntimeError(f"wrk said something unexpected:\n{text}")
    return match[1]


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)([a-z]+)", text).groups()
    return float(number) * _UNITS[unit]


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _headers_of(server: Served, headers: dict[str, str]) -> dict[str, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}/", headers=headers)
    with urllib.request.urlopen(request) as answer:
        return {name.lower(): value for name, value in answer.headers.items()}


@contextmanager
def _nginx(made: Installation, door: Served) -> Iterator[Served]:
    """Serve the stored front page as files, with the headers that the door sends."""
    root = made.directory / "www"
    root.mkdir()
    record = made.store.get("/")
    assert record is not None
    for variant in record.variants:
        if variant.encoding != "br":
            (root / ("index.html.gz" if variant.encoding == "gzip" else "index.html")).write_bytes(variant.body)
    with socket.create_server(("127.0.0.1", 0)) as lent:
        port = lent.getsockname()[1]
    file = made.directory / "nginx.conf"
    file.write_text(_configuration(made.directory, port, _headers_of(door, {})))
    process = subprocess.Popen(["nginx", "-c", str(file), "-e", str(made.directory / "nginx.err")])
    try:
        worker = _worker_of(process, port)
        yield Served(port, worker, {"nginx": worker})
    finally:
        process.terminate()
        process.wait()


def _configuration(directory: Path, port: int, headers: dict[str, str]) -> str:
    added = "".join(
        f'add_header {name} "{value}" always; ' for name, value in headers.items() if name not in _OWN_HEADERS
    )
    places = "".join(
        f"{kind}_temp_path {directory}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"worker_processes 1; daemon off; pid {directory}/nginx.pid;\n"
        "events { worker_connections 1024; }\n"
        f"http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; {places}\n"
        "types { text/html html; } open_file_cache max=100;\n"
        f"server {{ listen 127.0.0.1:{port}; root {directory}/www; gzip_static on; {added} }} }}\n"
    )


def _worker_of(process: subprocess.Popen[bytes], port: int) -> int:
    for _ in range(100):
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        if children:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/").close()
            except OSError:
                pass  # not listening yet
            else:
                return int(children[0])
        time.sleep(0.05)
    raise RuntimeError("nginx did not start; see its message above")


def report(comparisons: list[Comparison]) -> str:
    """Return the comparison as a table."""
    lines = [
        f"front page, {CONNECTIONS} connections      requests/s        p50 ms        p99 ms    processor µs   ratio",
        "                          door    nginx   door  nginx   door  nginx   door  nginx",
    ]
    for one in comparisons:
        door, nginx = one.door, one.nginx
        lines.append(
            f"  {one.case:18}{door.rate:10,.0f}{nginx.rate:9,.0f}{door.p50:7.1f}{nginx.p50:7.1f}"
            f"{door.p99:7.1f}{nginx.p99:7.1f}{door.cost:7.0f}{nginx.cost:7.0f}{one.ratio:8.2f}"
        )
        if door.failed or nginx.failed:
            lines.append(f"    failed requests: door {door.failed}, nginx {nginx.failed}")
    return "\n".join(lines)
