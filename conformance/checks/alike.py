"""A finding of one window, widened to the windows whose answers are wrong in the same part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.checks.experiments.asks import Ask
from conformance.checks.extent import extent
from conformance.checks.investigate import answers_to, model_of
from conformance.checks.lists import paging
from conformance.laws.oracle.wrong import answered, parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Sender
    from conformance.laws.finding import Finding
    from conformance.laws.oracle.model import ListModel


def with_extent(
    sender: Sender, found: Sequence[Finding], size: int | None, start: int | None
) -> list[Finding]:
    """Findings of a window of the whole list, with where else it fails alike; as they are where the
    list as it reads now does not show the window to be wrong.
    """
    model = model_of(sender) if found and paging(sender.context).addressable else None
    if model is None:
        return list(found)
    ask = Ask(size, start)
    parts = _wrong(sender, ask, model)
    if not parts:
        return list(found)

    words, fails = extent(
        sender, ask, model.total, lambda moved: bool(parts & _wrong(sender, moved, model))
    )
    return [replace(one, note=_noted(one, words), fails=fails) for one in found]


def _wrong(sender: Sender, ask: Ask, model: ListModel) -> set[str]:
    (exchange,) = answers_to(sender, [ask])
    answer = answered(exchange, sender.operation)
    return set(parts_of(answer, sender.operation, model)) if answer else set()


def _noted(finding: Finding, words: str) -> str:
    return "; ".join(filter(None, (finding.note, f"fails for {words}")))
