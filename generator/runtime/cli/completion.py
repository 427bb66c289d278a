"""The command that sets up completion in shells."""

from __future__ import annotations

from typing import Final

import click
from click.shell_completion import get_completion_class

from .exits import Exit
from .table import Program

_SHELLS: Final = ("bash", "zsh", "fish")


def make(program: Program) -> click.Command:
    """Return the command."""
    variable = f"_{program.name.upper().replace('-', '_').replace('.', '_')}_COMPLETE"

    def show(shell: str) -> int:
        kind = get_completion_class(shell)
        assert kind is not None  # click has the three of them
        click.echo(kind(click.Command(program.name), {}, program.name, variable).source())
        return Exit.FINE

    return click.Command(
        "completion",
        callback=show,
        params=[click.Argument(["shell"], type=click.Choice(_SHELLS))],
        help="Print what completes commands, options and values in a shell.\n\n\b\n"
        f'bash, in ~/.bashrc:   eval "$({program.name} completion bash)"\n'
        f'zsh, in ~/.zshrc:     eval "$({program.name} completion zsh)"\n'
        f"fish, once:           {program.name} completion fish > ~/.config/fish/completions/{program.name}.fish",
        short_help="Complete commands in a shell.",
    )
