"""The `statuspage` command: gathers the others and turns every failure into one clear line.

Exit status 0: done. 1: refused or failed, with one line on stderr. 2: wrong usage.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from statuspage import __version__
from statuspage.cli.commands import COMMANDS, Commands
from statuspage.cli.shell import Shell
from statuspage.core.config import ConfigError
from statuspage.core.errors import Refused, Unavailable
from statuspage.core.log import configure_logging

TRACE = "--trace"


@click.group(cls=Commands, places=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Configuration file (TOML).")
@click.option(TRACE, is_flag=True, help="On an unexpected fault, show where it happened.")
@click.version_option(__version__, prog_name="statuspage")
@click.pass_context
def program(context: click.Context, config_file: Path | None, trace: bool) -> None:
    """A public status page and everything behind it, hosted by yourself."""
    configure_logging("CRITICAL")  # what a short command has to say it says in one line; `serve` and `worker` log
    context.obj = Shell(config_file)
    context.meta["trace"] = trace


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _fail(message: str, status: int = 1) -> int:
    click.echo(f"statuspage: {_one_line(message)}", err=True)
    return status


def _usage(fault: click.UsageError) -> int:
    if fault.ctx:
        click.echo(fault.ctx.get_usage(), err=True)
    return _fail(fault.format_message(), 2)


def run(arguments: Sequence[str]) -> int:
    """Carry out one command and return its exit status."""
    try:
        outcome = program.main(list(arguments), prog_name="statuspage", standalone_mode=False)
    except click.UsageError as fault:
        return _usage(fault)
    except click.ClickException as fault:
        return _fail(fault.format_message())
    except (Refused, Unavailable, ConfigError) as fault:
        return _fail(str(fault))
    except (click.Abort, KeyboardInterrupt):
        return _fail("Stopped; nothing more was done.")
    except BrokenPipeError:
        return 1  # the reader of our output went away; there is nobody to tell
    except Exception as fault:
        if TRACE in arguments:
            raise
        return _fail(f"An unexpected fault: {type(fault).__name__}: {fault}. `statuspage {TRACE} ...` shows where.")
    return outcome if isinstance(outcome, int) else 0


def main() -> None:
    """Run the command line of this process."""
    sys.exit(run(sys.argv[1:]))
