"""`statuspage site ...`: build the public pages of this host, compare them with the database, write them out."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statuspage.cli.export import export_site
from statuspage.cli.shell import Shell, pass_shell
from statuspage.publish.builder import Builder
from statuspage.publish.opening import open_site
from statuspage.publish.store import StoreFault

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


class Progress:
    """A bar of pages, told how many are left; there may come to be more while it runs."""

    def __init__(self, bar: "ProgressBar[int]") -> None:
        self._bar = bar

    def __call__(self, left: int) -> None:
        """Show that `left` pages are left."""
        done = self._bar.pos
        self._bar.length = max(self._bar.length or 0, done + left)
        self._bar.update(self._bar.length - left - done)


@click.group()
def site() -> None:
    """Build, compare and export the public pages."""


@site.command()
@click.option("--full", is_flag=True, help="Render every page anew.")
@click.option("--check", is_flag=True, help="Compare with a whole build; exit status 1 when pages differ.")
@pass_shell
def build(shell: Shell, full: bool, check: bool) -> None:
    """Bring the stored pages of this host to what the database holds."""
    builder = shell.builder
    try:
        with click.progressbar(length=0, label="Building pages", file=sys.stderr) as bar:
            progress = Progress(bar)
            helpers = os.cpu_count() or 1
            reached = builder.build_all(progress, helpers) if full else builder.finish(progress, helpers)
        differences = builder.check() if check else []
    except StoreFault as fault:
        raise click.ClickException(str(fault)) from fault
    _refuse_failed(builder)
    if differences:
        for sentence in differences:
            click.echo(sentence)
        raise click.ClickException(f"{len(differences)} pages differ. Run `statuspage site build --full`.")
    count = len(builder.store.paths())
    click.echo(f"{count} pages show publication {reached.number}{' and agree with the database' if check else ''}.")


@site.command()
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@pass_shell
def export(shell: Shell, directory: Path) -> None:
    """Write the pages and static files into DIRECTORY, as plain files for any web server or bucket."""
    builder = shell.builder
    try:
        builder.finish()
    except StoreFault as fault:
        raise click.ClickException(str(fault)) from fault
    _refuse_failed(builder)
    count = export_site(builder.store, open_site(shell.settings), directory)
    click.echo(f"Wrote {count} files into {directory}.")


def _refuse_failed(builder: Builder) -> None:
    if builder.failed:
        failed = ", ".join(sorted(builder.failed))
        raise click.ClickException(f"These pages cannot be rendered: {failed}. The log says why.")
