"""What is asked of a list by every check that needs windows of it: planned once, so that one request
is evidence for many laws.

Many windows are asked for as some client would: neither may change what the other gives.
"""

from __future__ import annotations

from itertools import cycle, islice
from typing import TYPE_CHECKING

from conformance.checks import windows
from conformance.checks.draws import drawing
from conformance.checks.experiments.asks import Ask
from conformance.checks.experiments.clients import CLIENTS
from conformance.checks.experiments.combine import filtered_asks, sizes_with_room
from conformance.checks.filter_values import asked_values
from conformance.checks.lists import paging
from conformance.events.model import Sampled
from conformance.laws.oracle.model import ListModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Sender
    from conformance.checks.experiments.clients import Client
    from conformance.checks.lists import Walk

ROUNDS = 3  # windows of each client that needs no connection of its own
FEW = 4  # clients of a smoke run


def window_asks(sender: Sender, largest: Walk) -> list[Ask]:
    """Every limit once, somewhere in the list, and the places where arithmetic goes wrong; each
    client at some of them.

    Where the list offers fewer windows than there are clients, further asks repeat the windows.
    """
    edges, within = _wanted(sender, largest)
    clients = _clients(sender)
    chosen = drawing(sender.context.seed)
    places = chosen.sample(range(len(within)), min(len(clients), len(within)))
    dressing = dict(zip(places, clients, strict=False))

    plain = [Ask(size, start) for size, start in edges]
    dressed = [
        Ask(size, start, client=dressing.get(index)) for index, (size, start) in enumerate(within)
    ]
    left = [client for client in CLIENTS[: len(clients)] if client not in dressing.values()]
    repeated = islice(cycle(within or edges), len(left))
    more = [
        Ask(size, start, client=client)
        for (size, start), client in zip(repeated, left, strict=True)
    ]
    return list(dict.fromkeys([*plain, *dressed, *more]))


def _wanted(
    sender: Sender, largest: Walk
) -> tuple[Sequence[tuple[int, int]], Sequence[tuple[int, int]]]:
    """Windows that are asked for as they are, and those that any client may ask for."""
    trait, total = paging(sender.context), max(largest.total, 0)
    if not trait.sized:
        starts = [(trait.default_size, read.offset) for read in largest.pages]
        return windows.aligned(trait, starts), ()
    is_smoke, seed = sender.settings.profile == "smoke", sender.context.seed
    if not trait.addressable:
        top = trait.maximum_size
        sizes = (
            windows.smoke_sizes(top) if is_smoke else windows.limits_up_to(top, seed, _most(sender))
        )
        return (), [(size, 0) for size in sizes]
    if is_smoke:
        return (), windows.aligned(trait, windows.smoke_limits(trait, total))
    spans = windows.spans(total, trait.maximum_size, [read.offset for read in largest.pages])
    edges = windows.aligned(trait, windows.edges(trait, total))
    within = windows.aligned(trait, windows.every_limit(trait, spans, seed, _most(sender)))
    under_filters = _sizes_under_filters(sender, largest)
    return edges, [each for each in within if each not in edges and each[0] not in under_filters]


def _most(sender: Sender) -> int:
    """How many limits are asked for."""
    is_deep = sender.settings.profile == "deep"
    return windows.MOST_LIMITS_DEEP if is_deep else windows.MOST_LIMITS


def limits_asked(sender: Sender) -> Sampled | None:
    """How many limits are asked for of those that may be; none where it is each of them. What a smoke
    run leaves out, its profile says.
    """
    top = paging(sender.context).maximum_size
    if (
        sender.settings.profile == "smoke"
        or not paging(sender.context).sized
        or top <= _most(sender)
    ):
        return None
    return Sampled(_most(sender), top, "limits")


def _sizes_under_filters(sender: Sender, largest: Walk) -> set[int]:
    """The sizes that are asked for of filtered lists with rows enough."""
    model = ListModel.of(largest.pages, whole=largest.whole)
    if model is None or not largest.whole:
        return set()
    return sizes_with_room(asks_under_filters(sender, model), sender.operation, model)


def asks_under_filters(sender: Sender, model: ListModel) -> list[Ask]:
    """See `filtered_asks`: those of the check's list."""
    known = asked_values(sender)
    return filtered_asks(sender.operation, model, known, sender.context.seed)


def _clients(sender: Sender) -> list[Client]:
    if sender.settings.profile == "smoke":
        return list(CLIENTS[:FEW])
    shared = [client for client in CLIENTS if not client.new_connection]
    return [*CLIENTS, *shared * (ROUNDS - 1)]
