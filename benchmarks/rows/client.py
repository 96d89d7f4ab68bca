"""What recording an exchange costs: sent, judged, redacted, beside a bare session."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import requests

from benchmarks.mocks import mock
from benchmarks.row import Row, in_turn
from conformance.checks.presenting import carrying
from conformance.client import RegionClient, Request
from conformance.client.credentials import Secret
from conformance.client.redaction import Redactor
from conformance.contract import load_contract
from conformance.events.writer import EventWriter
from conformance.laws.response import judge
from conformance.laws.schemas import Schemas
from conformance.runner.records import exchange_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.mocks import Served
    from benchmarks.setting import Setting

EXCHANGES = 300
PATH, LIMIT, OFFSETS = "/v1/batch-calls", 100, 30  # the pages of one walk differ


def measure(setting: Setting) -> Iterator[Row]:
    """Processor time of one exchange of 100 rows, recorded, redacted and judged, beside a bare
    session.
    """
    with mock(rows=OFFSETS * LIMIT) as served:
        bare = _bare(served)
        for key, what, writer in (
            ("client", "recorded, redacted, judged by the always-on laws", None),
            (
                "client-written",
                "the same, written to events.ndjson",
                EventWriter(setting.folder / "events.ndjson"),
            ),
        ):
            recorded = _recorded(served, writer)
            sides = in_turn(
                partial(_microseconds, recorded),
                lambda: _microseconds(bare),
                2 * setting.times,
            )
            yield Row(
                key,
                f"client: processor time of an exchange of a page of 100 rows, {what}",
                "requests.Session.get and json()",
                1.3 if writer is None else None,
                values=sides.ratios,
                ours=tuple(sides.ours),
                theirs=tuple(sides.theirs),
                side="us",
            )
            if writer:
                writer.close()


def _recorded(served: Served, writer: EventWriter | None) -> Callable[[int], None]:
    secrets = {
        name: Secret(f"FORMANT_API_KEY_{name.upper()}", key) for name, key in served.keys.items()
    }
    redact = Redactor(list(secrets.values()))
    name = next(iter(served.urls))
    client = RegionClient(name, served.urls[name], secrets, redact)
    contract = load_contract()
    operation = contract.operations[0]
    schemas = Schemas(contract, operation)
    assert operation.security is not None
    credential = operation.security.presentation

    def exchange(offset: int) -> None:
        plain = Request("GET", PATH, (("limit", str(LIMIT)), ("offset", str(offset))), plain=True)
        asked = carrying(plain, credential)
        found, _ = client.send(asked, operation.id, again=True)
        for requirement, _, findings in judge(found, schemas, 5.0):
            assert not findings, requirement
        record = exchange_record(found, redact, "benchmark")
        if writer:
            writer.write(record)

    return exchange


def _bare(served: Served) -> Callable[[int], None]:
    url, key = served.first
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {key}"

    def exchange(offset: int) -> None:
        session.get(f"{url}{PATH}?limit={LIMIT}&offset={offset}").json()

    return exchange


def _microseconds(exchange: Callable[[int], None]) -> float:
    began = time.process_time()
    for number in range(EXCHANGES):
        exchange(number % OFFSETS * LIMIT)
    return (time.process_time() - began) / EXCHANGES * 1e6
