"""bomay completion: tab completion for the shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command(name="completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script for SHELL; for bash: bomay completion bash >> ~/.bashrc"""
    from bomay.cli import bomay

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(bomay, {}, "bomay", "_BOMAY_COMPLETE").source())
