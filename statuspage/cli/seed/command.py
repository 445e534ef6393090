"""`statuspage seed`: a large, made-up data set for load tests and measurements."""

import sys

import click
import sqlalchemy as sa

from statuspage.cli.output import json_option, print_json
from statuspage.cli.seed.ground import holds_data
from statuspage.cli.seed.sowing import Amount, Sown, sow
from statuspage.cli.shell import Shell, pass_shell

MOST = 1_000_000


@click.command()
@click.option("--incidents", required=True, type=click.IntRange(0, MOST), help="How many, the last few still open.")
@click.option("--components", required=True, type=click.IntRange(1, 10_000), help="How many, a dozen to a group.")
@click.option("--subscribers", required=True, type=click.IntRange(0, MOST), help="How many, below .example.")
@click.option("--days", default=Amount.days, show_default=True, type=click.IntRange(1, 3650), help="How far back.")
@click.option(
    "--updates-per-incident", "updates", default=Amount.updates, show_default=True, type=click.IntRange(2, 200),
    help="How many were written of each, on average.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Add to a database that is in use. It cannot be taken out again.")
@json_option
@pass_shell
def seed(
    shell: Shell,
    *,
    incidents: int,
    components: int,
    subscribers: int,
    days: int,
    updates: int,
    force: bool,
    as_json: bool,
) -> None:
    """Fill the database with made-up incidents, for load tests. The same numbers make the same data, dated back from
    now.

    Nothing is sent. All of it or, when it is stopped half-way, nothing of it is kept.
    """
    amount = Amount(incidents, components, subscribers, days, updates)
    with shell.reading() as session:
        if holds_data(session) and not force:
            raise click.ClickException(
                "This database is in use: it holds components, incidents or subscribers. Take an empty one, or say "
                "--force to add made-up data that cannot be taken out again."
            )
    with (
        click.progressbar(length=amount.steps, label="Making data up", file=sys.stderr) as bar,
        shell.changing() as session,
    ):
        sown = sow(session, amount, shell.now(), bar.update)
    with shell.ready_database.engine.begin() as connection:
        connection.execute(sa.text("ANALYZE"))  # what the engine knows of sizes was measured when it was empty
    _answer(sown, as_json=as_json)


def _answer(sown: Sown, *, as_json: bool) -> None:
    if as_json:
        print_json(vars(sown))
        return
    click.echo(
        f"Added {sown.components:,} components, {sown.incidents:,} incidents with {sown.updates:,} updates, "
        f"{sown.maintenances:,} maintenances and {sown.subscribers:,} subscribers."
    )
