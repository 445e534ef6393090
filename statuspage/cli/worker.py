"""`statuspage worker`: one worker in the foreground, until SIGTERM or Ctrl-C."""

import click

from statuspage.cli.shell import Shell, pass_shell
from statuspage.core.log import configure_logging
from statuspage.worker.run import run_worker, stop_when_told


@click.command()
@pass_shell
def worker(shell: Shell) -> None:
    """Send what waits to be sent. Any number may run, on any number of hosts; `serve` starts one by itself."""
    shell.refuse_unready()
    configure_logging()
    run_worker(shell.settings, shell.clock, stop_when_told())
