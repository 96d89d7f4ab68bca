"""The flags of `conformance run`, made from the table of options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from conformance.cli.completion import fault_names, region_names, requirement_ids
from conformance.settings.kinds import Switch
from conformance.settings.option import FLAG
from conformance.settings.table import OPTIONS, OUTPUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.settings.option import Option

F = TypeVar("F", bound="Callable[..., Any]")

_COMPLETED = {
    "only": requirement_ids,
    "skip": requirement_ids,
    "fault": fault_names,
    "region": region_names,
}


_LIST = "Name what would be checked where, and what would not be and why; ask nothing."
_PLAN = "Say how many requests each region would get, and how long that takes; ask nothing."


class RunCommand(click.Command):
    """A command whose options stand in groups, and whose arguments after -- go to pytest."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Everything after -- is pytest's; an argument before it is a mistake (`conformance run
        PAG-03`).
        """
        own, pytest_arguments = _split(args)
        ctx.obj = tuple(pytest_arguments)
        ctx.allow_extra_args = True
        stray = super().parse_args(ctx, own)
        if stray:
            raise click.UsageError(
                f"there is no argument {stray[0]!r}: requirements are chosen with --only, and what pytest is "
                "to get follows --.",
                ctx,
            )
        return stray

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options by group, in the order of the table."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for option in OPTIONS.values():
            if FLAG in option.sources:
                groups.setdefault(option.group, []).append((_usage(option), help_text(option)))
        groups[OUTPUT].append(("--list", _LIST))
        groups[OUTPUT].append(("--plan", _PLAN))
        groups[OUTPUT].append(("-h, --help", "Show this message and exit."))

        for group, records in groups.items():
            with formatter.section(group):
                formatter.write_dl(records, col_max=24)


def run_options() -> list[click.Parameter]:
    """An option of click for each row of the table that has a flag."""
    options = [_click_option(option) for option in OPTIONS.values() if FLAG in option.sources]
    listed = click.Option(["listed", "--list"], is_flag=True, help=_LIST)
    planned = click.Option(["planned", "--plan"], is_flag=True, help=_PLAN)
    return [*options, listed, planned]


def table_options(names: tuple[str, ...]) -> Callable[[F], F]:
    """Decorate a command with options of the table, read later by the reader of all settings."""

    def decorate(function: F) -> F:
        for name in reversed(names):
            option = _click_option(OPTIONS[name])
            parameters = vars(function).setdefault("__click_params__", [])
            parameters.append(option)
        return function

    return decorate


def _click_option(option: Option) -> click.Option:
    """A flag whose value is read later, with those of the other sources, by one reader."""
    if isinstance(option.kind, Switch):
        flags = f"{option.flag}/--no-{option.flag.removeprefix('--')}"
        names = [option.name, flags, *([option.short] if option.short else [])]
        return click.Option(names, default=None, help=help_text(option))
    return click.Option(
        [option.name, option.flag, *([option.short] if option.short else [])],
        multiple=option.repeatable,
        metavar=option.kind.metavar,
        help=help_text(option),
        shell_complete=_COMPLETED.get(option.name),
    )


def _usage(option: Option) -> str:
    short = f"{option.short}, " if option.short else ""
    return f"{short}{option.flag} {option.kind.metavar}".rstrip()


def help_text(option: Option) -> str:
    """What an option does, whether it repeats, and its default."""
    text = option.help
    if option.repeatable:
        text = f"{text.removesuffix('.')}; repeatable."
    return f"{text}  [default: {option.shown_default}]" if option.shown_default else text


def _split(args: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in args:
        return args, []
    place = args.index("--")
    return args[:place], args[place + 1 :]
