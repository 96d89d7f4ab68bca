"""What is asked without a key, or with a wrong one, beside the plain request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.filter_values import unmatched, values
from conformance.checks.lists import paging
from conformance.checks.windows import out_of_bounds
from conformance.contract.described import named_types
from conformance.contract.values import path_names
from conformance.laws.items import NO_SUCH_NUMBER

if TYPE_CHECKING:
    from conformance.checks.context import Context, Sender
    from conformance.contract.operation import Operation

FAR = 1_000_000  # rows, further than any list of an account goes


def queries(sender: Sender) -> list[str]:
    """Query strings of every kind that the operation documents."""
    filters = [
        f"{name}={value}"
        for name, place in sender.operation.filters.items()
        for value in values(sender, place)[:2]
    ]
    if not sender.operation.pagination:
        return filters
    trait = paging(sender.context)
    if not trait.addressable:
        return [_written(sender, 1, None), *filters] if trait.sized else filters

    far = _written(sender, None, FAR)
    if sender.settings.profile != "smoke":
        return [far]  # every other query is asked without a key by the checks of doors
    return [_written(sender, 1, None), _written(sender, None, 5), *filters[:1], far]


def _written(sender: Sender, size: int | None, start: int | None) -> str:
    trait = paging(sender.context)
    if start is not None:
        start = trait.aligned(size, start)
    return "&".join(f"{name}={value}" for name, value in trait.window(size, start))


def queries_out_of_bounds(context: Context) -> list[str]:
    """Query strings that are not documented: what is refused first is not stated, but something
    must be.
    """
    trait = context.operation.pagination
    if trait is None or context.settings.profile == "smoke":
        return []
    bounds = [f"{parameter.name}={value}" for parameter, value in out_of_bounds(trait)]
    return [*bounds, *(f"{name}={value}" for name, value in unmatched(context))]


def unknown_paths(operation: Operation) -> list[str]:
    """The operation's path with a number that nothing has: who has no key is not told so.

    Of another form than the identities a router may know it, and have no such path.
    """
    names = path_names(operation.path)
    types = named_types(operation.schemas_of(names[-1], "path")) if names else set()
    if operation.method != "GET" or types != {"integer"}:
        return []
    path = operation.filled({names[-1]: str(NO_SUCH_NUMBER)})
    return [path] if path else []
