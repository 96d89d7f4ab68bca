"""Faults that only comparing regions shows: one region differs and breaks nothing by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.integers import InvalidParameter
from conformance.mock.seeding import POPULATIONS
from conformance.mock.service import NOT_FOUND
from conformance.mock.store import OLDEST_FIRST, Store
from conformance.mock.wrappers import body, each_answer, each_item, each_page, each_refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call, Window
    from conformance.mock.service import Service

INDIA = ("india",)


@fault("PAR-01", regions=INDIA)
def one_region_unknown_agent_not_found(service: Service) -> None:
    """One region answers 404 for an agent without rows."""
    _unknown_agent(service)


@fault("PAR-01", regions=INDIA)
def one_region_takes_repeated_limit(service: Service) -> None:
    """One region takes the first of a repeated `limit`."""
    parse = service.parse_limit
    service.parse_limit = lambda values: parse(values[:1])


@fault("PAR-01", regions=INDIA)
def one_region_refuses_unknown_parameters(service: Service) -> None:
    """One region answers 400 for a parameter that the document does not have."""
    window = service.window

    def known(call: Call) -> Window:
        for name in {name for name, _ in call.parameters} - {"limit", "offset", "agent_id"}:
            raise InvalidParameter(name, "left out")
        return window(call)

    service.window = known


@fault("PAR-01", regions=INDIA)
def one_region_refuses_head(service: Service) -> None:
    """One region answers 405 to HEAD."""
    service.methods = ("GET",)


@fault("PAR-02", regions=INDIA)
def one_region_has_another_property(service: Service) -> None:
    """One region's rows have a property that the other's have not."""
    each_item(service, lambda item: item | {"region": "in"})


@fault("PAR-02", regions=INDIA)
def one_region_has_another_envelope_property(service: Service) -> None:
    """One region's envelope has a property that the other's has not."""
    each_page(service, lambda page: page | {"count": len(page["data"])})


@fault("PAR-02", regions=INDIA)
def one_region_leaves_nulls_out(service: Service) -> None:
    """One region leaves null properties out."""
    each_item(service, lambda item: {key: item[key] for key in item if item[key] is not None})


@fault("PAR-02", regions=INDIA)
def one_region_has_error_codes(service: Service) -> None:
    """One region's errors have a `code`."""
    _error_code(service)


@fault("PAR-03", regions=INDIA)
def one_region_clamps(service: Service) -> None:
    """One region clamps a `limit` over 100 to it."""
    parse = service.parse_limit
    service.maximum = 10**40
    service.parse_limit = lambda values: min(100, parse(values))


@fault("PAR-03", regions=INDIA)
def one_region_limit_0_is_empty(service: Service) -> None:
    """One region answers `limit=0` with an empty page."""
    parse = service.parse_limit
    service.parse_limit = lambda values: 0 if values == ["0"] else parse(values)


@fault("PAR-03", regions=INDIA)
def one_region_refuses_far_offsets(service: Service) -> None:
    """One region answers 400 for an `offset` of 2^31 or more."""
    _refuse_offset(service, 2**31)


@fault("PAR-03", regions=INDIA)
def one_region_refuses_huge_offsets(service: Service) -> None:
    """One region answers 400 for an `offset` beyond 64 bits."""
    _refuse_offset(service, 2**63)


@fault("PAR-04", regions=INDIA)
def one_region_oldest_first(service: Service) -> None:
    """One region lists its oldest rows first."""
    service.order = OLDEST_FIRST


@fault("PAR-04", regions=INDIA)
def one_region_writes_offsets(service: Service) -> None:
    """One region's timestamps end in `+00:00` instead of `Z`."""
    _instants(service, lambda instant: instant.replace("Z", "+00:00"))


@fault("PAR-04", regions=INDIA)
def one_region_writes_microseconds(service: Service) -> None:
    """One region's timestamps have microseconds."""
    _instants(service, lambda instant: instant.replace("Z", ".000000Z"))


@fault("PAR-04", regions=INDIA)
def one_region_shouts_status(service: Service) -> None:
    """One region's status words are in capitals."""
    each_item(service, lambda item: item | {"status": item["status"].upper()})


@fault("PAR-04", regions=INDIA)
def one_region_spells_a_word_otherwise(service: Service) -> None:
    """One of the status words of one region is in capitals."""
    each_item(service, lambda item: item | {"status": item["status"].replace("pending", "PENDING")})


@fault("PAR-04", regions=("india",))
def one_region_spells_a_status_otherwise(service: Service) -> None:
    """One region writes `in-progress` where the other writes `in_progress`."""
    each_item(service, lambda item: item | {"status": item["status"].replace("_", "-")})


@fault("PAR-01", regions=("india",))
def one_region_ignores_an_empty_filter(service: Service) -> None:
    """One region lists every row where a filter has no value, which the other refuses."""
    parse = service.parse_agent_id
    service.parse_agent_id = lambda values: None if values == [""] else parse(values)


@fault("PAR-05", regions=INDIA)
def one_region_challenges_otherwise(service: Service) -> None:
    """One region's 401 asks for another scheme."""
    each_refusal(
        service, lambda call, answer: answer.with_headers(www_authenticate='Basic realm="voice"')
    )


@fault("PAR-05", regions=INDIA)
def one_region_names_405_otherwise(service: Service) -> None:
    """One region's 405 has another `error.type`."""
    each_answer(
        service,
        lambda call, answer: (
            body(
                service,
                answer,
                {"error": {"message": "method not allowed", "type": "method_not_allowed"}},
            )
            if answer.status == 405
            else answer
        ),
    )


@fault("PAR-05", regions=INDIA)
def one_region_allows_otherwise(service: Service) -> None:
    """One region's 405 names more methods as allowed."""
    each_answer(
        service,
        lambda call, answer: (
            answer.with_headers(allow="GET, HEAD, POST") if answer.status == 405 else answer
        ),
    )


@fault("PAR-07", regions=INDIA)
def one_region_serves_the_other(service: Service) -> None:
    """One region lists the other's rows."""
    service.population = replace(POPULATIONS["global"], seed=service.population.seed)


@fault("PAR-07", regions=INDIA)
def one_region_leaks_a_row(service: Service) -> None:
    """One region's list begins with a row of the other's."""
    service.filled.append(_leak)


@fault("PAR-08", regions=INDIA)
def one_region_states_no_rate_limit(service: Service) -> None:
    """One region's answers have no rate-limit headers."""
    _drop(service, "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset")


@fault("PAR-08", regions=INDIA)
def one_region_names_the_charset(service: Service) -> None:
    """One region's `Content-Type` has `charset=utf-8`."""
    _header(service, "content-type", "application/json; charset=utf-8")


@fault("PAR-08", regions=INDIA)
def one_region_states_no_caching(service: Service) -> None:
    """One region's answers have no `Cache-Control`."""
    _drop(service, "cache-control")


def _unknown_agent(service: Service) -> None:
    list_rows = service.list_rows

    def listed(call: Call) -> Answer:
        agent = service.window(call).agent_id
        known = agent is None or service.store.total(agent)
        return list_rows(call) if known else service.error(404, NOT_FOUND, "no such agent")

    service.list_rows = listed


def _refuse_offset(service: Service, bound: int) -> None:
    parse = service.parse_offset

    def parsed(values: list[str]) -> int:
        if (offset := parse(values)) >= bound:
            raise InvalidParameter("offset", "smaller")
        return offset

    service.parse_offset = parsed


def _error_code(service: Service) -> None:
    encode = service.encode
    service.encode = lambda payload: encode(
        {"error": payload["error"] | {"code": "E100"}} if "error" in payload else payload
    )


def _instants(service: Service, write: Callable[[str], str]) -> None:
    names = ("created_at", "scheduled_for", "updated_at")
    each_item(
        service, lambda item: item | {name: item[name] and write(item[name]) for name in names}
    )


def _leak(store: Store) -> None:
    row = Store(POPULATIONS["global"]).rows(None, 1, 0)[0]
    store.add(row)


def _drop(service: Service, *names: str) -> None:
    headers = service.headers
    service.headers = lambda: {key: value for key, value in headers().items() if key not in names}


def _header(service: Service, name: str, value: str) -> None:
    headers = service.headers
    service.headers = lambda: headers() | {name: value}
