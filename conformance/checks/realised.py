"""Generated requests with values that exist: valid ones ask for what is wanted of the list anyway.

What Schemathesis drew decides which parameters a request has and in which order; the values are
those of a window or a filter that a check wants to see, or others that the list has.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from conformance.checks.experiments.planned import asks_under_filters, window_asks
from conformance.checks.filter_values import asked_values
from conformance.checks.generated import generated
from conformance.checks.lists import longest, paging
from conformance.checks.one_deviation import subjects
from conformance.contract.pagination import Role
from conformance.laws.oracle.asked import query_of, read_request

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conformance.checks.context import Context, Sender
    from conformance.checks.drawing import Generated
    from conformance.checks.experiments.asks import Ask
    from conformance.client import Request
    from conformance.contract.operation import Operation
    from conformance.laws.oracle.model import ListModel

UNMAPPED = 5  # of so many valid requests one keeps what was drawn


@dataclass(frozen=True, slots=True)
class Realised:
    """The generated requests, and by ask the one of them that asks for it."""

    requests: tuple[Request, ...]
    by_ask: Mapping[Ask, Request]


def realised(sender: Sender, model: ListModel) -> Realised:
    """The generated requests of an operation, most valid ones with values of its list, invalid ones
    with a single invalid value; the same for each check of a region.
    """
    known = asked_values(sender)
    wanted = [ask for ask in window_asks(sender, longest(sender)) if ask.client is None]
    wanted += [ask for ask in asks_under_filters(sender, model) if ask.client is None]
    wishes = _Wishes(sender.context, wanted)
    drawn = _Drawn(sender.operation, known, model)

    cases = generated(sender.context)
    kept = set(as_drawn(cases))
    about = subjects([case.request for case in cases if not case.valid], sender.operation)
    requests, by_ask = [], {}
    for case in cases:
        if case.request in about:
            requests.append(drawn.mapped(case.request, besides=about[case.request]))
            continue
        if not case.valid or case.request in kept:
            requests.append(case.request)
            continue
        ask = wishes.take(_pairs(case.request))
        if ask is None:
            requests.append(drawn.mapped(case.request))
            continue
        # Valid like any other that asks for it, whoever is the first to send it.
        request = replace(_with(case.request, dict(ask.query(sender.context))), plain=ask.plain)
        requests.append(request)
        by_ask[ask] = request
    return Realised(tuple(dict.fromkeys(requests)), by_ask)


def beside_valid(sender: Sender, model: ListModel, name: str, text: str) -> list[Request]:
    """The generated requests in which a text for a parameter is all that may be refused."""
    found = []
    for request in realised(sender, model).requests:
        raw = request.raw_query or ""
        if query_of(raw).get(name) != [text]:
            continue
        asked = read_request(query_of(raw), sender.operation, model)
        if asked and asked.invalid == 1 and not asked.unknown:
            found.append(request)
    return found


def as_drawn(cases: Iterable[Generated]) -> list[Request]:
    """The valid requests that keep the values that were drawn: some of them."""
    return [case.request for case in cases if case.valid][UNMAPPED - 1 :: UNMAPPED]


def _pairs(request: Request) -> list[tuple[str, str]]:
    return parse_qsl(request.raw_query or "", keep_blank_values=True)


def _with(request: Request, chosen: Mapping[str, Any]) -> Request:
    """A request with other values of some parameters, in the order that it has them in; what is
    repeated is given once then.
    """
    pairs = [(name, chosen.get(name, value)) for name, value in _pairs(request)]
    once = [
        pair
        for place, pair in enumerate(pairs)
        if pair not in pairs[:place] or pair[0] not in chosen
    ]
    return replace(request, raw_query=urlencode(once))


class _Wishes:
    """Asks by the parameters that they have, each of which is taken once.

    A window of the documented default is asked for without its size as well, one at the first row
    without its start.
    """

    def __init__(self, context: Context, asks: Iterable[Ask]) -> None:
        default = paging(context).default_size
        self._by_names: dict[frozenset[str], list[Ask]] = {}
        self._taken: set[Ask] = set()
        for ask in reversed(list(asks)):
            forms = [ask]
            if ask.size == default:
                forms.append(replace(ask, size=None))
            if ask.start == 0:
                forms.append(replace(ask, start=None))
            for form in forms:
                names = frozenset(name for name, _ in form.query(context))
                self._by_names.setdefault(names, []).append(ask)

    def take(self, pairs: Sequence[tuple[str, str]]) -> Ask | None:
        """An ask with just these parameters, if one is left."""
        names = frozenset(name for name, _ in pairs)
        left = self._by_names.get(names, []) if len(names) == len(pairs) else []
        while left:
            ask = left.pop()
            if ask not in self._taken:
                self._taken.add(ask)
                return ask
        return None


class _Drawn:
    """Values that the list has in the place of those that were drawn, which decide between them."""

    def __init__(
        self, operation: Operation, known: Mapping[str, Sequence[Any]], model: ListModel
    ) -> None:
        self._operation = operation
        self._known = known
        self._model = model

    def mapped(self, request: Request, besides: str | None = None) -> Request:
        """A request with values of filters that rows have, and a window of the list that they
        leave; `besides` is the parameter that keeps what was drawn.
        """
        chosen: dict[str, Any] = {}
        left = self._model
        for name, value in _pairs(request):
            if name != besides and self._known.get(name):
                chosen[name] = _chosen(self._known[name], value)
                left = left.where(self._operation.filters[name], {str(chosen[name])})
        for name, value in _pairs(request):
            choices = self._window_values(left.total).get(name)
            if choices and name != besides:
                chosen[name] = _chosen(choices, value)
        return _with(request, chosen)

    def _window_values(self, total: int) -> dict[str, Sequence[int]]:
        """The values of each parameter of a window of a list of so many rows."""
        paging = self._operation.pagination
        assert paging is not None
        choices: dict[str, Sequence[int]] = {}
        for parameter in paging.parameters:
            highest = total if parameter.maximum is None else parameter.maximum
            if parameter.role is Role.SIZE and parameter.maximum is not None:
                choices[parameter.name] = range(1, parameter.maximum + 1)
            elif parameter.role is Role.NUMBER:
                first = parameter.minimum or 0
                pages = max(1, -(-total // paging.default_size))
                choices[parameter.name] = range(first, min(first + pages, highest + 1))
            elif parameter.integer:
                choices[parameter.name] = range(min(total, highest + 1))
        return choices


def _chosen(choices: Sequence[Any], drawn: str) -> Any:
    number = int(hashlib.sha256(drawn.encode("utf-8", "replace")).hexdigest()[:8], 16)
    return choices[number % len(choices)]
