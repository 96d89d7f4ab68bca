"""A request that fails made smaller by Hypothesis: parameters left out, values made simpler."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from conformance.checks.draws import drawing
from conformance.contract.sampling import ALONE, keep_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from conformance.client import Request

TRIED = 20  # requests until one fails
SMALL = 9  # integers up to which each is tried, as simpler ones in the place of any other
PARTS = 6  # parameters; of a request with more none is left out


def shrunk(
    request: Request,
    fails: Callable[[Request], bool],
    seed: int,
    required: Collection[str] = (),
) -> Request:
    """The smallest request that Hypothesis finds to fail still; the request itself if none is
    smaller.

    `fails` is called with requests that have some of the parameters, in the same order; those that
    are `required` are never left out.
    """
    pairs = parse_qsl(request.query_string, keep_blank_values=True)
    if not 0 < len(pairs) <= PARTS or "{key" in request.query_string:
        return request

    def written(choice: Sequence[str | None]) -> Request:
        kept = [
            (name, value)
            for (name, _), value in zip(pairs, choice, strict=True)
            if value is not None
        ]
        return replace(request, query=(), raw_query=urlencode(kept)) if kept != pairs else request

    with ALONE:
        keep_tables()
        from hypothesis import HealthCheck, find, settings
        from hypothesis import strategies as st
        from hypothesis.errors import NoSuchExample

        choices = st.tuples(
            *(st.sampled_from(_simpler(value)[name in required :]) for name, value in pairs)
        )
        try:
            found = find(
                choices,
                lambda choice: fails(written(choice)),
                settings=settings(
                    max_examples=TRIED,
                    database=None,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                ),
                random=drawing(seed),
            )
        except NoSuchExample:
            return request
    return written(found)


def _simpler(value: str) -> list[str | None]:
    """What a parameter may be instead, the simplest first: left out, a smaller integer, as it is."""
    smaller: list[str | None] = [None]
    if value.isascii() and value.isdecimal() and len(value) < SMALL:
        number = int(value)
        halves = [number >> bits for bits in range(number.bit_length(), 0, -1)]
        smaller += [str(each) for each in dict.fromkeys(halves) if each != number]
    return [*smaller, value]
