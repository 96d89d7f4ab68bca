"""The same facts written otherwise: timestamps, status words, names, JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from conformance.mock.entries import benign
from conformance.mock.wrappers import each_item, each_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from conformance.mock.service import Service

INDIAN_TIME = timezone(timedelta(hours=5, minutes=30))
HOSTILE = (
    "<script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "]]>&lt;![CDATA[",
    "🪔👩‍👩‍👧‍👦 \U0001f1ee\U0001f1f3",
    "\u202egnp.exe\u202c \u200f שלום",
    "\"quoted\" 'single' `back` \\ / %s {0} ${x} {{y}}",
    "line\nbreak\ttab\r\u0001\u001b[31m\u2028\u2029",
    "' OR 1=1 --",
    "::error::not a command",
    "=HYPERLINK(1)",
    "e\u0301\u0300\u0323" * 20,
)


@benign()
def microseconds(service: Service) -> None:
    """Timestamps have microseconds."""
    _instants(service, lambda instant: instant.replace("Z", f".{instant[17:19]}4321Z"))


@benign()
def milliseconds(service: Service) -> None:
    """Timestamps have milliseconds."""
    _instants(service, lambda instant: instant.replace("Z", ".120Z"))


@benign()
def utc_written_out(service: Service) -> None:
    """Timestamps end in `+00:00`."""
    _instants(service, lambda instant: instant.replace("Z", "+00:00"))


@benign()
def indian_time(service: Service) -> None:
    """Timestamps are in Indian time, `+05:30`."""
    _instants(
        service, lambda instant: datetime.fromisoformat(instant).astimezone(INDIAN_TIME).isoformat()
    )


@benign()
def unknown_status_words(service: Service) -> None:
    """Status words that the documentation does not show."""
    service.population = replace(
        service.population, statuses=("queued_v2", "ON-HOLD", "terminé", "42", "archived by owner")
    )


@benign()
def nulls_everywhere(service: Service) -> None:
    """Nullable properties are always null."""
    each_item(service, lambda item: item | {"scheduled_for": None, "updated_at": None})


@benign()
def nulls_nowhere(service: Service) -> None:
    """Nullable properties are never null."""
    each_item(
        service,
        lambda item: (
            item
            | {name: item[name] or item["created_at"] for name in ("scheduled_for", "updated_at")}
        ),
    )


@benign()
def hostile_names(service: Service) -> None:
    """Names with markup, emoji, right-to-left marks, quotes, control and end marks."""
    service.population = replace(service.population, names=HOSTILE)


@benign()
def long_names(service: Service) -> None:
    """Names of five thousand characters."""
    service.population = replace(service.population, names=("lorem ipsum " * 420, "ü" * 5_000))


@benign()
def no_recipients(service: Service) -> None:
    """Batches have no recipients yet."""
    each_item(service, lambda item: item | {"total_recipients": 0})


@benign()
def extra_row_properties(service: Service) -> None:
    """Rows have more properties than the document."""
    each_item(
        service,
        lambda item: item | {"tags": ["a"], "owner": {"id": 1, "name": None}, "progress": 0.5},
    )


@benign()
def extra_envelope_properties(service: Service) -> None:
    """The envelope has more properties than the document."""
    each_page(service, lambda page: page | {"meta": {"version": 3}, "next": None})


@benign()
def pretty_printed(service: Service) -> None:
    """JSON is indented."""
    service.encode = lambda payload: json.dumps(payload, indent=4).encode()


@benign()
def compact_json(service: Service) -> None:
    """JSON has no spaces, and text is escaped to ASCII."""
    service.encode = lambda payload: json.dumps(payload, separators=(",", ":")).encode()


@benign()
def keys_in_random_order(service: Service) -> None:
    """JSON objects have their keys in another order each time."""
    encode = service.encode
    service.encode = lambda payload: encode(_shuffled(service.random, payload))


@benign()
def fractions_where_not_zero(service: Service) -> None:
    """Timestamps have a fraction only where it is not zero, as many serialisers write them."""
    _instants(
        service,
        lambda instant: instant if int(instant[18]) % 3 else instant.replace("Z", ".5Z"),
    )


@benign()
def statuses_in_upper_case(service: Service) -> None:
    """Status words are in upper case."""
    each_item(service, lambda item: item | {"status": item["status"].upper()})


@benign()
def names_without_text(service: Service) -> None:
    """Names are empty, blank, or read like numbers and words of JSON."""
    service.population = replace(
        service.population, names=("", " ", "0", "null", "true", "1e5", "[]", "2026-01-01")
    )


@benign()
def slashes_escaped(service: Service) -> None:
    """Each slash in a text of JSON is escaped, as some libraries do."""
    encode = service.encode
    service.encode = lambda payload: encode(payload).replace(b"/", b"\\/")


@benign()
def json_ends_in_a_line(service: Service) -> None:
    """JSON begins with a blank and ends in a line break."""
    encode = service.encode
    service.encode = lambda payload: b" " + encode(payload) + b"\r\n"


@benign()
def millions_of_recipients(service: Service) -> None:
    """Batches have up to some millions of recipients."""
    each_item(
        service, lambda item: item | {"total_recipients": item["total_recipients"] * 4_099_999}
    )


def _instants(service: Service, write: Callable[[str], str]) -> None:
    names = ("created_at", "scheduled_for", "updated_at")
    each_item(
        service, lambda item: item | {name: item[name] and write(item[name]) for name in names}
    )


def _shuffled(random: Random, value: Any) -> Any:
    if isinstance(value, list):
        return [_shuffled(random, each) for each in value]
    if isinstance(value, dict):
        return {
            key: _shuffled(random, value[key]) for key in random.sample(list(value), len(value))
        }
    return value
