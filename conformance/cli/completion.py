"""What a shell completes beside commands and options: ids, faults, regions, formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


def requirement_ids(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The ids of the catalogue, each with its statement."""
    from click.shell_completion import CompletionItem

    from conformance.contract import load_requirements

    return [
        CompletionItem(name, help=requirement.statement)
        for name, requirement in load_requirements().items()
        if name.startswith(incomplete.upper())
    ]


def fault_names(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The faults and benign variants of the mock; behind an @ its regions."""
    from click.shell_completion import CompletionItem

    from conformance.mock.entries import REGIONS
    from conformance.mock.registry import BENIGN, FAULTS

    name, at, _ = incomplete.partition("@")
    if at:
        return [CompletionItem(f"{name}@{region}") for region in REGIONS]
    sentences = {entry.name: entry.sentence for entry in FAULTS.values()}
    sentences |= {entry.name: entry.sentence for entry in BENIGN.values()}
    return [
        CompletionItem(known, help=sentence)
        for known, sentence in sentences.items()
        if known.startswith(incomplete)
    ]


def region_names(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The regions that the bundled document names, each with its address behind `=`."""
    from click.shell_completion import CompletionItem

    from conformance.contract import load_contract

    return [
        CompletionItem(f"{name}={url}")
        for name, url in load_contract().regions.items()
        if name.startswith(incomplete)
    ]
