"""The page store of this host: one file per public page, and a generation file that says how far they reach.

    data.dir/site/generation     what the pages show: publication number, as_of, recipe
                  pages/ab/ab12… one record per page, named by the hash of its path
                  pending        paths of a wide change that are still to be rebuilt
                  lock           held by the one builder of this host
                  background     held by the one process that works off what is pending

A file is written aside and renamed into place, the generation last, so a reader meets whole records only
and learns of them when they are all there. Nothing is flushed to disk: the database is the truth and a
flush per page would cost more than rendering it. Instead a record carries its own digest, and the
generation names the boot of the machine it was written under; after a crash of the machine the builder
makes every page anew.

Only the holder of the lock writes. Reading never fails: what cannot be read counts as missing.
"""

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from statuspage.core.clock import parse_instant, rfc3339
from statuspage.core.errors import Invalid
from statuspage.publish.records import Page, Record, encode, pack, same_answer, unpack

__all__ = ["Generation", "Page", "Record", "Store", "StoreFault"]

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_LOCK_POLL_SECONDS = 0.005


class StoreFault(Exception):
    """The store cannot be written; the message says where and why. Pages are to be rendered live."""


@dataclass(frozen=True, slots=True)
class Generation:
    """What the stored pages show: every publication up to `number`, as of `as_of` (UTC), made by `recipe`.

    `recipe` names code, templates and settings; `boot` the machine's boot; `pending` counts pages of a wide
    change that still show an earlier state.
    """

    number: int
    as_of: datetime
    recipe: str = ""
    boot: str = ""
    pending: int = 0


class Store:
    """Reads and writes the pages under one directory.

    `version` counts the generations that this process wrote itself. `behind` says that the database holds
    news which this process could not write here, so that pages are to be rendered live.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.version = 0
        self.behind = False
        self._generation_file = directory / "generation"
        self._pending_file = directory / "pending"
        self._pages = directory / "pages"
        self._boot = _boot_id()

    # Reading

    def stamp(self) -> tuple[int, int] | None:
        """Return what changes with every generation (one `stat`), or None when there is none."""
        try:
            found = os.stat(self._generation_file)  # noqa: PTH116  # on the door's path; pathlib is slower
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino

    def announced_at(self) -> datetime | None:
        """Return when the newest generation was written on this host, or None."""
        stamp = self.stamp()
        return datetime.fromtimestamp(stamp[0] / 1e9, UTC) if stamp else None

    def generation(self) -> Generation | None:
        """Return what the pages show, or None when there is no store yet or its generation is unreadable."""
        try:
            fields = json.loads(self._generation_file.read_bytes())
            return Generation(**{**fields, "as_of": parse_instant(fields["as_of"])})
        except (OSError, ValueError, TypeError, KeyError, Invalid):
            return None

    def survived_boot(self, generation: Generation) -> bool:
        """Return whether `generation` was written since the machine started, so that no write of it was
        lost."""
        return generation.boot == self._boot

    def get(self, path: str) -> Record | None:
        """Return the record of a page, or None when it is missing or damaged."""
        try:
            record = unpack(self._file(path).read_bytes())
        except OSError:
            return None
        return record if record and record.page.path == path else None

    def changed(self, page: Page) -> bytes | None:
        """Return the file of a page if it differs from the stored one, else None.

        `Last-Modified` moves forward with every change of the bytes, so that a reader who only sends a date
        is never told that nothing changed.
        """
        known = self.get(page.path)
        if known and same_answer(known.page, page):
            return None
        if known and page.last_modified <= known.page.last_modified:
            page = replace(page, last_modified=known.page.last_modified + timedelta(seconds=1))
        return pack(encode(page))

    def paths(self) -> set[str]:
        """Return the path of every readable page."""
        found = set()
        for file in self._pages.glob("??/*"):
            try:
                record = None if file.suffix else unpack(file.read_bytes())
            except OSError:
                continue
            if record:
                found.add(record.page.path)
        return found

    def pending(self) -> list[str]:
        """Return the paths of a wide change that are still to be rebuilt, most important first."""
        try:
            return self._pending_file.read_text(encoding="utf-8").splitlines()
        except OSError:
            return []

    # Writing, under the lock. Each raises StoreFault.

    def put(self, page: Page) -> bool:
        """Store a page if it differs from the stored one and return whether it did."""
        data = self.changed(page)
        if data:
            self.write(page.path, data)
        return bool(data)

    def write(self, path: str, data: bytes) -> None:
        """Store the file of a page, as `changed` returned it."""
        self._write(self._file(path), data)

    def remove(self, path: str) -> bool:
        """Remove a page and return whether it was there."""
        with self._faults():
            try:
                self._file(path).unlink()
            except FileNotFoundError:
                return False
        return True

    def plan(self, paths: Iterable[str]) -> None:
        """Remember the paths that are still to be rebuilt, in order of importance."""
        self._write(self._pending_file, "".join(f"{path}\n" for path in paths).encode())

    def advance(self, generation: Generation) -> None:
        """Announce to every door of this host that the pages show `generation`."""
        fields = asdict(replace(generation, boot=self._boot)) | {"as_of": rfc3339(generation.as_of)}
        self._write(self._generation_file, json.dumps(fields).encode(), after=self.stamp())
        self.version += 1

    def forget(self) -> None:
        """Make the next builder render every page anew: after a restore, or when the database was
        replaced."""
        with self._faults():
            self._generation_file.unlink(missing_ok=True)

    @contextmanager
    def locked(self, seconds: float, name: str = "lock") -> Iterator[bool]:
        """Hold a lock of this host's builders, `lock` for writing; yields False when another kept it for `seconds`."""
        with self._faults():
            self.directory.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.directory / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            yield _acquire(handle, time.monotonic() + seconds)
        finally:
            os.close(handle)

    def _file(self, path: str) -> Path:
        name = hashlib.sha256(path.encode()).hexdigest()[:40]
        return self._pages / name[:2] / name

    def _write(self, target: Path, data: bytes, *, after: tuple[int, int] | None = None) -> None:
        """Write aside and rename. `after` is a stamp that the new file's time must lie behind."""
        aside = target.with_suffix(".new")
        with self._faults():
            try:
                aside.write_bytes(data)
            except FileNotFoundError:
                target.parent.mkdir(parents=True, exist_ok=True)
                aside.write_bytes(data)
            if after and aside.stat().st_mtime_ns <= after[0]:
                os.utime(aside, ns=(after[0] + 1, after[0] + 1))
            aside.replace(target)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except OSError as fault:
            place, reason = self.directory, fault.strerror
            raise StoreFault(
                f"The page store {place} cannot be written ({reason}); check its rights and space."
            ) from fault


def _acquire(handle: int, deadline: float) -> bool:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_LOCK_POLL_SECONDS)
        else:
            return True


def _boot_id() -> str:
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:  # not Linux: no way to tell, every start counts as the same boot
        return ""
