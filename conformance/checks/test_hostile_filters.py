"""Hostile filter values: SQL, wildcards, NUL, very long, of another type, empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.checks.beside import beside_unknown_value
from conformance.checks.filter_values import may_be_refused, values
from conformance.checks.marks import requirements
from conformance.laws import filters as laws
from conformance.laws.oracle.asked import is_plain_integer
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence

# The first ones show the most: see `Context.few`.
HOSTILE = (
    "AAA",
    "'",
    "%",
    "A" * 1500,
    "\0",
    str(2**63),
    "0",
    "*",
    "' OR '1'='1",
    "null",
    str(-(2**63) - 1),
    "\u00b2",
    "7" * 5000,
)
LONGEST = 2_000  # characters that any HTTP layer lets through
TAILS = (" OR 1=1", "%", ".5", "\0")


@requirements("FIL-06", "FIL-04")
def test_hostile_values(sender: Sender, evidence: Evidence) -> None:
    """A hostile value never widens the result and never gives a 5xx."""
    for name, place in sender.operation.filters.items():
        chosen = [*sender.few(HOSTILE, 4), *sender.few(_derived(values(sender, place)), 1)]
        _judge_values(sender, evidence, "FIL-06", name, place, chosen)


@requirements("FIL-07", "FIL-06")
def test_empty_value(sender: Sender, evidence: Evidence) -> None:
    """An empty value is no filter that was left out; lenient servers take it for one."""
    for name, place in sender.operation.filters.items():
        _judge_values(sender, evidence, "FIL-07", name, place, [""])


def _derived(known: Sequence[Any]) -> list[str]:
    """Values made of ones that match rows: with a tail (which a parser may cut off), several at once,
    a range, negated, wrapped around.
    """
    derived = [f"{value}{tail}" for value in known[:1] or (1,) for tail in TAILS]
    if len(known) > 1:
        derived += [",".join(map(str, known[:2])), "..".join(map(str, known[:2]))]
    for value in known[:1]:
        if type(value) is int:
            derived += [str(-value), str(value + 2**32), str(value + 2**64)]
    return derived


def _judge_values(
    sender: Sender,
    evidence: Evidence,
    requirement: str,
    name: str,
    place: str,
    chosen: Sequence[str],
) -> None:
    requests = [sender.request((name, value), edge=len(value) > LONGEST) for value in chosen]
    known = values(sender, place)
    is_text = _is_text(sender, name)
    for value, exchange in zip(chosen, sender.send_all(requests), strict=True):
        seen = read_page(exchange, sender.operation, 0, 0)
        is_foreseen = sender.operation.foresees_invalid
        findings = laws.narrow(
            seen, exchange, place, value, is_foreseen=is_foreseen, is_text=is_text
        )
        # That a value makes the server fail is FIL-06's, whatever the value is; one that a row could
        # have matches nothing, as any other.
        broken = "FIL-06" if exchange.status >= 500 else requirement
        if broken == "FIL-06" and seen and _is_usual(sender, name, value):
            broken = "FIL-04"
        if broken != "FIL-04":
            findings = beside_unknown_value(sender, findings, exchange, name, known)
        evidence.judge(broken, findings, values=1)


def _is_text(sender: Sender, name: str) -> bool:
    """Whether the document allows any text as a value of a parameter, or a list of them."""
    if sender.operation.takes_several(name):
        return True
    schemas = sender.operation.query_schemas(name)
    return any(part.get("type") == "string" for part in schemas) and not any(
        "enum" in part for part in schemas
    )


def _is_usual(sender: Sender, name: str, value: str) -> bool:
    """Whether a value is a number like those that rows have."""
    return is_plain_integer(value) and not may_be_refused(sender.context, name, int(value))
