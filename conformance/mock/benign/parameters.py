"""Other treatment of parameters, where the documentation leaves it open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import benign
from conformance.mock.integers import InvalidParameter
from conformance.mock.service import INVALID, NOT_FOUND, PATH

if TYPE_CHECKING:
    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service


@benign()
def clamping(service: Service) -> None:
    """A `limit` over 100 is clamped to it."""
    parse = service.parse_limit
    service.maximum = 10**40
    service.parse_limit = lambda values: min(100, parse(values))


@benign()
def limit_0_is_empty(service: Service) -> None:
    """`limit=0` gives an empty page."""
    parse = service.parse_limit
    service.parse_limit = lambda values: 0 if values == ["0"] else parse(values)


@benign()
def far_offsets_refused(service: Service) -> None:
    """An `offset` of 2^31 or more is answered with 400."""
    parse = service.parse_offset

    def bounded(values: list[str]) -> int:
        if (offset := parse(values)) >= 2**31:
            raise InvalidParameter("offset", "smaller")
        return offset

    service.parse_offset = bounded


@benign()
def huge_agents_refused(service: Service) -> None:
    """An `agent_id` beyond 64 bits is answered with 400."""
    parse = service.parse_agent_id

    def bounded(values: list[str]) -> int | None:
        agent = parse(values)
        if agent is not None and abs(agent) >= 2**63:
            raise InvalidParameter("agent_id", "smaller")
        return agent

    service.parse_agent_id = bounded


@benign()
def unknown_agent_not_found(service: Service) -> None:
    """An agent without rows is answered with 404."""
    list_rows = service.list_rows

    def listed(call: Call) -> Answer:
        agent = service.window(call).agent_id
        if agent is not None and not service.store.total(agent):
            return service.error(404, NOT_FOUND, "agent not found")
        return list_rows(call)

    service.list_rows = listed


@benign()
def first_value_wins(service: Service) -> None:
    """Of a repeated parameter the first counts."""
    _pick(service, slice(0, 1))


@benign()
def last_value_wins(service: Service) -> None:
    """Of a repeated parameter the last counts."""
    _pick(service, slice(-1, None))


@benign()
def leading_zeros_taken(service: Service) -> None:
    """`007` is 7."""
    _zeros(service)


@benign()
def head_refused(service: Service) -> None:
    """HEAD is answered with 405 like any other method but GET."""
    service.methods = ("GET",)


@benign()
def method_refused_before_key(service: Service) -> None:
    """An unsupported method is answered with 405 before the key is looked at."""
    authenticate = service.authenticate
    service.authenticate = lambda call: call.method not in service.methods or authenticate(call)


@benign()
def unknown_parameters_refused(service: Service) -> None:
    """A parameter that the operation does not have is answered with 400."""
    list_rows = service.list_rows
    known = {"limit", "offset", "agent_id"}

    def strict(call: Call) -> Answer:
        if any(name not in known for name, _ in call.parameters):
            return service.error(400, INVALID, "unknown parameter")
        return list_rows(call)

    service.list_rows = strict


@benign()
def agents_below_one_refused(service: Service) -> None:
    """An `agent_id` that is not positive is answered with 400."""
    parse = service.parse_agent_id

    def positive(values: list[str]) -> int | None:
        agent = parse(values)
        if agent is not None and agent < 1:
            raise InvalidParameter("agent_id", "positive")
        return agent

    service.parse_agent_id = positive


@benign()
def unknown_paths_need_no_key(service: Service) -> None:
    """A path that there is not is answered with 404 before the key is looked at."""
    authenticate = service.authenticate
    roots = (PATH, "/v1/conversations")
    service.authenticate = lambda call: not call.path.startswith(roots) or authenticate(call)


def _pick(service: Service, which: slice) -> None:
    limit, offset, agent_id = service.parse_limit, service.parse_offset, service.parse_agent_id
    service.parse_limit = lambda values: limit(values[which])
    service.parse_offset = lambda values: offset(values[which])
    service.parse_agent_id = lambda values: agent_id(values[which])


def _zeros(service: Service) -> None:
    limit, offset, agent_id = service.parse_limit, service.parse_offset, service.parse_agent_id
    service.parse_limit = lambda values: limit(_trimmed(values))
    service.parse_offset = lambda values: offset(_trimmed(values))
    service.parse_agent_id = lambda values: agent_id(_trimmed(values))


def _trimmed(values: list[str]) -> list[str]:
    return [
        value.lstrip("0") or "0" if value.isascii() and value.isdecimal() else value
        for value in values
    ]
