"""Make docs/cli.md from the commands themselves: `python docs/make_cli.py`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from conformance.cli.app import main
from conformance.cli.program import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parent / "cli.md"
WIDTH = 88

HEAD = """\
# Command line

Made from the commands themselves by `python docs/make_cli.py`. What each setting of `conformance run`
means, and its name in the environment and in `conformance.toml`, is in [configuration](configuration.md).

Exit codes are the same everywhere: 0 conformant (or done), 1 nonconformant, 2 a mistake in the command, the
files or the settings, 3 unverified.
"""

TAIL = """\
## Completion in a shell

Commands, options, ids of requirements (`explain`, `--only`, `--skip`), faults (`--fault`, behind an `@` the
region) and regions (`--region`) complete with Tab. For one shell:

    eval "$(_CONFORMANCE_COMPLETE=bash_source conformance)"     # bash: ~/.bashrc
    eval "$(_CONFORMANCE_COMPLETE=zsh_source conformance)"      # zsh: ~/.zshrc
    _CONFORMANCE_COMPLETE=fish_source conformance | source      # fish: ~/.config/fish/config.fish
"""


def page() -> str:
    """The whole page."""
    sections = [HEAD, *(_section(name, command) for name, command in _commands()), TAIL]
    return "\n".join(sections)


def _commands() -> Iterator[tuple[str, click.Command]]:
    yield NAME, main
    for name, command in main.commands.items():
        yield f"{NAME} {name}", command
        if isinstance(command, click.Group):
            for part, sub_command in command.commands.items():
                yield f"{NAME} {name} {part}", sub_command


def _section(name: str, command: click.Command) -> str:
    context = command.make_context(
        name, [], resilient_parsing=True, terminal_width=WIDTH, max_content_width=WIDTH
    )
    return f"## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
