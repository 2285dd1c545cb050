"""The command `bomay`. Commands are imported only when they are run, so that --help is instant."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from bomay.options import keep_out, shared_on_group
from graph.errors import BomayError

# name → (module, one line for --help)
COMMANDS = {
    "demo": ("bomay.commands.demo", "Make a database of packaged real facts and show what bomay does."),
    "template": ("bomay.commands.template", "Write a workbook to fill in, with one worked example."),
    "read": ("bomay.commands.read", "Read decisions, reports and news into proposed facts with evidence."),
    "review": ("bomay.commands.review", "Proposed facts beside their source: accept, edit, reject."),
    "load": ("bomay.commands.load", "Bring facts in from workbooks, CSV, YAML or JSON; undo a load."),
    "loads": ("bomay.commands.loads", "List the loads of the database."),
    "copy": ("bomay.commands.copy", "Copy a whole graph between stores: folder to Neo4j and back, verified."),
    "serve": ("bomay.commands.serve", "Open a database folder to several processes, over Bolt on this machine."),
    "migrate": ("bomay.commands.migrate", "Bring a graph of an older schema version to the present one."),
    "check": ("bomay.commands.check", "Find what the owners of the data must fix."),
    "find": ("bomay.commands.find", "Find places, units, people and documents by words of their names."),
    "queries": ("bomay.commands.queries", "List the named queries with their parameters."),
    "query": ("bomay.commands.query", "Run a named query, or Cypher of your own (read-only)."),
    "concurrent": (
        "bomay.commands.concurrent",
        "Who holds several posts at once, in which form, by which model.",
    ),
    "overlaps": ("bomay.commands.overlaps", "Functions of different units that duplicate, overlap or are scattered."),
    "merges": ("bomay.commands.merges", "Units that could merge, chosen together, with reasons and savings."),
    "judge": ("bomay.commands.judge", "Accept or reject what the analyses propose; take it back; list it."),
    "plan": ("bomay.commands.plan", "Plans of re-arrangement: check, before and after, compare, adopt."),
    "chart": ("bomay.commands.chart", "Org charts, changes between two days, a page to explore."),
    "completion": ("bomay.commands.completion", "Print the set-up of tab completion for your shell."),
}
HELP = """Party and government organisational structure as a graph: units, posts, who holds them,
functions, and the events that re-arrange them.

\b
First steps:
  bomay demo                      real facts, tables and charts in demo/
  bomay template facts.xlsx       a workbook to fill in
  bomay load facts.xlsx           into bomay.db in this folder
  bomay concurrent --on 9/10/2019
  bomay chart "UBND tỉnh" -o chart.png

\b
Exit codes: 0 done, 1 nothing found or checks failed, 2 a mistake in the input,
3 the store cannot be reached."""


class LazyGroup(click.Group):
    """Knows its commands by name and imports one when it is asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        """All names, in the order of use."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command; None where the name is unknown."""
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[name][0]).command
        return command

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest names for an unknown one."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from graph.text import nearest

            close = nearest(name, COMMANDS)
            raise click.UsageError(f"no command {name!r}; nearest: {', '.join(close or COMMANDS)}", context)
        return super().resolve_command(context, args)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@shared_on_group
@click.version_option(package_name="bomay", prog_name="bomay")
@click.pass_context
def bomay(context: click.Context, /, **values: Any) -> None:
    """The group: keeps the shared options for the command that follows."""
    context.obj = values


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; ends the process with the exit code."""
    keep_out()
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code; every error is a message, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = bomay.main(args=arguments, prog_name="bomay", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.exceptions.Abort:
        return _fail("stopped", 130)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BomayError as error:
        return _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _fail("stopped; a load that was not finished has changed nothing", 130)
    except BrokenPipeError:
        _close_output()
        return 0
    except OSError as error:
        _close_output()
        return _fail(f"the output could not be written: {error.strerror or error}", 3)
    except MemoryError:
        return _fail("not enough memory for this; load the files one by one, or narrow the question", 3)


def _close_output() -> None:
    """Keep the interpreter from complaining at exit about what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str, code: int) -> int:
    click.echo(f"bomay: {message}", err=True)
    return code


if __name__ == "__main__":
    main()
