"""Writing the stored pages as plain files that any web server, CDN or bucket can serve.

A page at `/history` becomes `history/index.html`, everything else keeps its name; beside each text stand its gzip and
brotli forms (`.gz`, `.br`), the same bytes that the public door sends. Only files that differ are written. `MANIFEST`
names what was written, so that the next export into the same directory takes away what is no longer public, and nothing
else.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import click

from statuspage.publish.assets import Asset
from statuspage.publish.records import Page, Record, encode
from statuspage.publish.site import Site
from statuspage.publish.store import Store

MANIFEST = ".statuspage-export"
_SUFFIX = {"identity": "", "gzip": ".gz", "br": ".br"}


def export_site(store: Store, site: Site, directory: Path) -> int:
    """Write every stored page and static file into `directory`; return how many. Fails with a sentence."""
    try:
        old = _earlier(directory)
        written: set[str] = set()
        for name, record in _records(store, site):
            written |= _write(directory, name, record)
        for name in old - written:
            (directory / name).unlink(missing_ok=True)
        (directory / MANIFEST).write_text("".join(f"{name}\n" for name in sorted(written)), encoding="utf-8")
    except OSError as fault:
        raise click.ClickException(f"{directory} cannot be written: {fault.strerror or fault}.") from fault
    return len(written)


def _earlier(directory: Path) -> set[str]:
    directory.mkdir(parents=True, exist_ok=True)
    manifest = directory / MANIFEST
    if manifest.is_file():
        return set(manifest.read_text(encoding="utf-8").splitlines())
    if any(directory.iterdir()):
        raise click.ClickException(f"{directory} is not empty and holds no earlier export. Choose another directory.")
    return set()


def _records(store: Store, site: Site) -> Iterator[tuple[str, Record]]:
    for path in sorted(store.paths()):
        record = store.get(path)
        if record:
            yield _file_of(record.page), record
    for asset in site.assets:
        yield asset.path.lstrip("/"), encode(_page_of(asset, store))


def _page_of(asset: Asset, store: Store) -> Page:
    generation = store.generation()
    assert generation is not None
    return Page(asset.path, asset.content_type, asset.body, generation.as_of)


def _file_of(page: Page) -> str:
    name = page.path.strip("/")
    if page.content_type.startswith("text/html") and not name.endswith(".html"):
        return f"{name}/index.html".lstrip("/")
    return name


def _write(directory: Path, name: str, record: Record) -> set[str]:
    """Write a page in every encoding, dated as its answer is. What is there already keeps its place."""
    names = set()
    at = record.page.last_modified.timestamp()
    for variant in record.variants:
        target = directory / f"{name}{_SUFFIX[variant.encoding]}"
        names.add(f"{name}{_SUFFIX[variant.encoding]}")
        if target.is_file() and target.read_bytes() == variant.body:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.new")
        aside.write_bytes(variant.body)
        os.utime(aside, (at, at))
        aside.replace(target)
    return names
