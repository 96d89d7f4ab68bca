"""The generated requests of an operation, made once and the same for every region."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conformance.checks.drawing import Source
from conformance.checks.presenting import carrying
from conformance.contract.fingerprint import fingerprint
from conformance.laws.breadth import Unjudgeable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Context, Sender
    from conformance.checks.drawing import Generated
    from conformance.client import Exchange

_MADE: dict[tuple[Any, ...], list[Generated]] = {}
# Held while requests are made: another check of the operation wants the same.
_ONE = threading.Lock()


class NotGenerated(Unjudgeable):
    """No requests of an operation could be generated; the text says why, and what helps."""


def generated(context: Context) -> list[Generated]:
    """Up to `context.cases` distinct requests of the operation, the same for every region but for
    what their path names.

    Fewer are all that there are. Raises NotGenerated.
    """
    operation, count = context.operation, context.cases
    key = (fingerprint(context.contract.document), operation.id, count, context.seed)
    if key not in _MADE:
        with _ONE:
            if key not in _MADE:
                source = Source(context.contract.document, context.seed, context.settings.hooks)
                _MADE[key] = context.draw(source, operation, count)
    return [_asked(context, one) for one in _MADE[key]]


def _asked(context: Context, one: Generated) -> Generated:
    request = replace(one.request, path=context.path)
    return replace(one, request=carrying(request, context.credential))


def is_all(sender: Sender, exchanges: Sequence[Exchange]) -> bool:
    """Whether an operation allows no more requests than were generated, and each was answered."""
    is_exhausted = len(generated(sender.context)) < sender.context.cases
    return is_exhausted and all(exchange.response is not None for exchange in exchanges)
