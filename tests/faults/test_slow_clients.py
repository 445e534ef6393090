import http.client
import select
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from statuspage.cli.listener import APPLICATION_THREADS, BODIES_AT_ONCE, LARGEST_BODY_BYTES
from tests.faults.echo import EchoProcess
from tests.faults.house import eventually

HEAD = b"POST /echo HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EchoProcess]:
    process = EchoProcess(tmp_path_factory.mktemp("echo"))
    yield process
    process.end()


@pytest.fixture
def busy_process(tmp_path: Path) -> Iterator[EchoProcess]:
    """A process of one's own, for tests that leave its application waiting."""
    process = EchoProcess(tmp_path)
    yield process
    process.end()


@pytest.fixture
def held() -> Iterator[ExitStack]:
    """Connections kept open until the test ends."""
    with ExitStack() as stack:
        yield stack


def ask(process: EchoProcess, method: str, path: str, body: object = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", process.port, timeout=30)
    try:
        connection.request(method, path, body=body)  # an iterable is fine
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def status_of(connection: socket.socket) -> int:
    with connection.makefile("rb") as lines:
        return int(lines.readline().split()[1])


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET / HTTP/1.1\r\nHost: loc", HEAD + b"Content-Length: 900\r\n\r\nhal"],
    ids=["silent", "half headers", "half a body"],
)
def test_the_page_is_read_while_150_clients_send_nothing_more(
    process: EchoProcess, held: ExitStack, begun: bytes
) -> None:
    for _ in range(150):
        held.enter_context(process.connect()).sendall(begun)
    for _ in range(10):
        assert ask(process, "GET", "/")[0] == 200


def test_the_page_is_read_while_150_clients_read_nothing(process: EchoProcess, held: ExitStack) -> None:
    for _ in range(150):
        held.enter_context(process.connect()).sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20)
    for _ in range(10):
        assert ask(process, "GET", "/")[0] == 200


def test_the_page_is_read_while_every_thread_of_the_application_is_busy(
    busy_process: EchoProcess, held: ExitStack
) -> None:
    busy = [held.enter_context(busy_process.connect()) for _ in range(APPLICATION_THREADS)]
    for connection in busy:
        connection.sendall(b"GET /hold HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert ask(busy_process, "GET", "/")[0] == 200
    assert ask(busy_process, "GET", "/healthz") == (200, b"ok\n")


def test_a_flood_of_slow_requests_is_turned_away_and_the_page_stays(busy_process: EchoProcess, held: ExitStack) -> None:
    flood = [held.enter_context(busy_process.connect()) for _ in range(100)]
    for connection in flood:
        connection.sendall(b"GET /hold HTTP/1.1\r\nHost: localhost\r\n\r\n")
    told = select.select(flood, [], [], 30)[0]
    assert {status_of(connection) for connection in told} == {503}
    assert ask(busy_process, "GET", "/")[0] == 200


@pytest.mark.parametrize("size", [1, 5_000, 300_000, LARGEST_BODY_BYTES])
def test_a_body_arrives_as_it_was_sent(process: EchoProcess, size: int) -> None:
    body = bytes(range(256)) * (size // 256) + b"!" * (size % 256)
    assert ask(process, "POST", "/echo", body) == (200, body)
    assert ask(process, "POST", "/echo", iter([body[:7], body[7:]])) == (200, body)


def test_a_body_that_comes_in_pieces_arrives_whole(process: EchoProcess) -> None:
    with process.connect() as connection:
        connection.sendall(HEAD + b"Connection: close\r\nContent-Length: 10\r\n\r\nhel")
        assert ask(process, "GET", "/")[0] == 200
        assert ask(process, "POST", "/echo", b"quick") == (200, b"quick")
        connection.sendall(b"lowor")
        assert ask(process, "GET", "/")[0] == 200
        connection.sendall(b"ld")
        with connection.makefile("rb") as answer:
            assert answer.read().endswith(b"\r\n\r\nhelloworld")


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_large_is_refused(process: EchoProcess, chunked: bool) -> None:
    body = b"x" * (LARGEST_BODY_BYTES + 1)
    try:
        status, said = ask(process, "POST", "/echo", iter([body]) if chunked else body)
    except (BrokenPipeError, ConnectionResetError):
        status, said = 413, b"2048 kB"  # it hung up before everything was sent
    assert status == 413
    assert b"2048 kB" in said
    assert ask(process, "POST", "/echo", b"small") == (200, b"small")


def test_a_body_that_breaks_off_never_reaches_the_application(process: EchoProcess) -> None:
    with process.connect() as connection:
        connection.sendall(HEAD + b"Content-Length: 10\r\n\r\nhel")
        connection.shutdown(socket.SHUT_WR)
        with connection.makefile("rb") as answer:
            assert b" 200 " not in answer.readline()
    assert ask(process, "POST", "/echo", b"whole") == (200, b"whole")


def test_only_so_many_slow_bodies_are_waited_for_and_the_rest_is_told_so(process: EchoProcess, held: ExitStack) -> None:
    slow = [held.enter_context(process.connect()) for _ in range(BODIES_AT_ONCE)]
    for connection in slow:
        connection.sendall(HEAD + b"Content-Length: 5\r\n\r\nhal")
    eventually("every place is held", lambda: ask(process, "POST", "/echo", b"late")[0] == 503)
    slow[0].sendall(b"ve")
    assert status_of(slow[0]) == 200
    assert ask(process, "POST", "/echo", b"again") == (200, b"again")


def test_a_failing_application_is_an_answer_too(process: EchoProcess) -> None:
    status, said = ask(process, "GET", "/fail")
    assert (status, said) == (500, b"Something went wrong here. Try again.\n")
    assert ask(process, "GET", "/")[0] == 200


def test_one_connection_serves_many_requests_and_heads(process: EchoProcess) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", process.port, timeout=30)
    for method, path in (("GET", "/"), ("HEAD", "/"), ("POST", "/echo"), ("GET", "/nothing"), ("GET", "/")):
        connection.request(method, path, body=b"abc" if method == "POST" else None)
        answer = connection.getresponse()
        assert answer.status == 200
        assert (len(answer.read()) == 0) is (method == "HEAD" or path == "/nothing")
    connection.close()
