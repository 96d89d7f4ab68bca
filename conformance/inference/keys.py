"""A key of a trait, and the member of an answer that it is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from conformance.inference import names
from conformance.inference.shapes import kinds

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.inference.shapes import Shape

    Resolve = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a trait, its value, and why it is taken for it. `assumed`: the document does not say
    so. `doubtful`: it is written as a comment, for it may as well be something else.
    """

    name: str
    value: Any
    why: str
    assumed: bool = False
    doubtful: bool = False


def named_member(
    name: str, known: tuple[str, ...], allowed: tuple[str, ...], shape: Shape, resolve: Resolve
) -> Key | None:
    """The member of the answer that is named most usually for a part, nearest to the root."""
    fitting = [
        (rank, member.pointer.count("/"), member)
        for member in shape.members
        if (rank := names.rank(member.name, known)) is not None
        and kinds(member.schema, resolve) & set(allowed)
    ]
    if not fitting:
        return None
    _, _, chosen = min(fitting, key=lambda entry: entry[:2])
    why = f"the member {chosen.name} of the answer, {_article(allowed[0])}"
    key = Key(name, chosen.pointer, why)
    if name == "total" and names.plain(chosen.name) in (*names.MAYBE_TOTAL, names.RESULTS):
        return replace(key, why=f"{why}; it may count the rows of the page alone", assumed=True)
    return key


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
