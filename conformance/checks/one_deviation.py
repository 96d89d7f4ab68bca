"""Generated requests with several invalid values: which one of them each is about.

The first invalid value explains a refusal, so the others are never tried. Schemathesis varies one
parameter at a time and leaves the rest as invalid as they were: the value that fewest requests have
is the one that a request is about.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from conformance.contract.described import named_types
from conformance.laws.oracle.values import CANONICAL, read_parameter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.client import Request
    from conformance.contract.operation import Operation

Values = tuple[str, tuple[str, ...]]  # a parameter, and the texts that are given for it


def subjects(requests: Sequence[Request], operation: Operation) -> dict[Request, str]:
    """The parameter that each request with several invalid ones is about; others are left out."""
    invalid = {request: _invalid(request, operation) for request in requests}
    frequency = Counter(values for found in invalid.values() for values in found)

    return {
        request: min(found, key=lambda values: frequency[values])[0]
        for request, found in invalid.items()
        if len(found) > 1
    }


def _invalid(request: Request, operation: Operation) -> list[Values]:
    """The parameters of the window and the filters that have a value which the document rules out."""
    given: dict[str, tuple[str, ...]] = {}
    for name, text in parse_qsl(request.raw_query or "", keep_blank_values=True):
        given[name] = (*given.get(name, ()), text)
    return [values for values in given.items() if _is_invalid(values, operation)]


def _is_invalid(values: Values, operation: Operation) -> bool:
    name, texts = values
    paging = operation.pagination
    parameters = paging.parameters if paging else ()
    parameter = next((each for each in parameters if each.name == name and each.integer), None)
    if parameter:
        return not read_parameter(texts, parameter).documented
    if name not in operation.filters:
        return False
    is_integer = named_types(operation.query_schemas(name)) == {"integer"}
    return len(texts) > 1 or (is_integer and not CANONICAL.fullmatch(texts[0]))
