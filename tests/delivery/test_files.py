from pathlib import Path

from statuspage.delivery.channels.envelope import Envelope
from statuspage.delivery.channels.files import FileTransport
from statuspage.outbox.outcomes import Delivered, Retry

FIRST = Envelope("status@example.com", "sam@example.net", b"Subject: one\r\n\r\none\r\n", "20261118T120000Z-1")


def test_each_message_is_one_file_that_appears_whole(tmp_path: Path) -> None:
    outbox = tmp_path / "var" / "outbox"
    assert FileTransport(outbox).send(FIRST) == Delivered("20261118T120000Z-1.eml")
    assert [(path.name, path.read_bytes()) for path in outbox.iterdir()] == [("20261118T120000Z-1.eml", FIRST.message)]


def test_sending_again_replaces_the_same_file(tmp_path: Path) -> None:
    transport = FileTransport(tmp_path)
    transport.send(FIRST)
    transport.send(FIRST)
    transport.close()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_directory_that_cannot_be_written_is_tried_again_later(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file where a directory should be")
    outcome = FileTransport(tmp_path / "outbox").send(FIRST)
    assert isinstance(outcome, Retry)
    assert outcome.unreachable
