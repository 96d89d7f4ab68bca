"""Sample runs as event streams: JSON built event by event, so that tests can bend any of them.

They are written without the package's own messages, as any other program would write them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.support.sample_events import (
    OPERATION,
    REGIONS,
    Event,
    exchange,
    finding,
    footer,
    header,
    judged,
    page,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass
class Sample:
    """A run in the making."""

    header: Event
    exchanges: list[Event] = field(default_factory=list)
    judgements: list[Event] = field(default_factory=list)
    notices: list[Event] = field(default_factory=list)
    footer: Event | None = None

    def events(self) -> Iterator[Event]:
        """The events in the order a run writes them."""
        yield self.header
        yield from self.notices
        yield from self.exchanges
        yield from self.judgements
        if self.footer is not None:
            yield self.footer

    def write(self, path: Path) -> Path:
        """Write the stream."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            for event in self.events():
                stream.write(json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n")
        return path

    def judgement(
        self, requirement: str, region: str | None = None, operation: str = OPERATION
    ) -> Event:
        """The judgement of a requirement, to be bent in place."""
        return next(
            judged
            for judged in self.judgements
            if (judged["requirement"], judged["operation"], judged["region"])
            == (requirement, operation, region)
        )

    def without(self, requirement: str, region: str | None = None) -> Sample:
        """The sample less the judgements of a requirement in a region."""
        self.judgements = [
            judged
            for judged in self.judgements
            if (judged["requirement"], judged["region"]) != (requirement, region)
        ]
        return self

    def asked(
        self,
        region: str,
        query: str,
        body: Any,
        status: int = 200,
        operation: str = OPERATION,
        **more: Any,
    ) -> str:
        """Add an exchange and return its id."""
        name = f"{region}-{len(self.exchanges) + 1:04}"
        self.exchanges.append(exchange(name, region, query, body, status, operation) | more)
        return name


def green(operations: list[str] | None = None, regions: list[str] | None = None) -> Sample:
    """A run in which everything held."""
    operations, regions = operations or [OPERATION], regions or list(REGIONS)
    sample = Sample(header(operations, regions))
    for operation in operations:
        for region in regions:
            for offset in range(0, 160, 20):
                body = page(offset, 20, 137, has_more=True)
                sample.asked(region, f"?limit=20&offset={offset}", body, operation=operation)
        for entry in sample.header["catalogue"]:
            evidence = {name: needed + 37 for name, needed in entry["evidence"].items()}
            for judged_region in _judged_regions(entry, regions):
                sample.header["expected"].append([entry["id"], operation, judged_region])
                sample.judgements.append(judged(entry["id"], operation, judged_region, evidence))
    sample.footer = footer(dict.fromkeys(regions, 306))
    return sample


def _judged_regions(entry: dict[str, Any], regions: list[str]) -> list[str | None]:
    if entry["area"] in ("parity", "document"):
        return [None]

    return [*regions]


def one_fault() -> Sample:
    """India says there is more after the exact last page; the walk falls with it."""
    sample = green()
    ids = [
        sample.asked("india", f"?limit=20&offset={offset}", page(offset, rows, 61, has_more=True))
        for offset, rows in ((0, 20), (20, 20), (40, 20), (60, 1))
    ]
    last = sample.asked("india", "?limit=21&offset=40", page(40, 21, 61, has_more=True))
    bad = finding(
        "has_more false (offset 40 + 21 rows = total 61)",
        "has_more true",
        [last, ids[-1]],
        note="fails on 3 of 3 last pages, holds on 44 other pages",
        smallest={"curl": sample.exchanges[-1]["request"]["curl"]},
    )
    sample.judgement("PAG-03", "india")["findings"] = [bad]
    pages = [
        {"offset": offset, "limit": 20, "rows": rows, "exchange": name}
        for (offset, rows), name in zip(((0, 20), (20, 20), (40, 20), (60, 1)), ids, strict=True)
    ]
    walk = {"total": 61, "pages": pages, "duplicates": [], "gaps": []}
    endless = finding(
        "the walk ends after 61 rows", "the last page has has_more", [ids[-1]], walk=walk
    )
    sample.judgement("PAG-05", "india")["findings"] = [endless]
    return sample


def faulty_region() -> Sample:
    """India differs in several ways; parity says which side breaks the contract."""
    sample = one_fault()
    kept = sample.asked("global", "?limit=101", page(0, 100, 137, has_more=True))
    broke = sample.asked(
        "india", "?limit=101", {"error": {"message": "limit too large", "type": "bad"}}, 422
    )
    sample.judgement("PAR-01")["findings"] = [
        finding(
            "the same status from both regions",
            "global 200, india 422 for limit=101",
            [kept, broke],
            keeps=["global"],
            breaks=["india"],
            smallest={"curl": sample.exchanges[-1]["request"]["curl"]},
        )
    ]
    duplicated = sample.asked("india", "?limit=20&offset=20", page(19, 20, 61, has_more=True))
    walk = {
        "total": 61,
        "pages": [
            {"offset": 0, "limit": 20, "rows": 20, "exchange": None},
            {"offset": 20, "limit": 20, "rows": 20, "exchange": duplicated},
            {"offset": 40, "limit": 20, "rows": 20, "exchange": None},
            {"offset": 60, "limit": 20, "rows": 1, "exchange": None},
        ],
        "duplicates": [20, 40],
        "gaps": [39],
    }
    sample.judgement("PAG-06", "india")["findings"] = [
        finding("the rows do not depend on limit", "row 12019 comes twice", [duplicated], walk=walk)
    ]
    challenge = sample.asked(
        "india", "", {"error": {"message": "no", "type": "authentication_error"}}, 401
    )
    sample.judgement("AUT-08", "india")["findings"] = [
        finding("a WWW-Authenticate header", "no such header on 14 of 14 refusals", [challenge])
    ]
    sample.judgement("DOC-02")["findings"] = [
        finding(
            "has_more false in the published example", "has_more true with one row of total 1", []
        )
    ]
    sample.judgement("FIL-02", "india")["evidence"] = {"rows_compared": 3}
    return sample


def cut() -> Sample:
    """A run that was interrupted half-way."""
    sample = green()
    sample.judgements = sample.judgements[: len(sample.judgements) // 2]
    sample.footer = footer({"global": 120, "india": 88}, stopped="interrupted by Ctrl-C")
    return sample


HOSTILE = (
    "</script><img src=x onerror=alert(1)>]]>\u202e\"'&\x00\x1b[31m\n::error::pwned\n##[error]pwned"
    " \U0001f4a5 {{ 7*7 }} [bold]"
)


def hostile() -> Sample:
    """A server whose names, messages and headers attack every view."""
    sample = green()
    bad = sample.asked(
        "india", "?agent_id='%3Cscript%3E", page(0, 1, 1, has_more=False, name=HOSTILE)
    )
    sample.exchanges[-1]["response"]["headers"].append(["X-Evil", HOSTILE])
    sample.exchanges[-1]["response"]["reason"] = HOSTILE
    sample.judgement("FIL-06", "india")["findings"] = [
        finding(
            f"no rows {HOSTILE}",
            HOSTILE,
            [bad],
            note=HOSTILE,
            smallest={"curl": f"curl '{HOSTILE}'"},
        )
    ]
    sample.notices.append(
        {"event": "notice", "level": "warning", "region": None, "message": HOSTILE}
    )
    sample.header["config"]["note"] = HOSTILE
    return sample


def many() -> Sample:
    """Sixty operations, one of which breaks."""
    operations = [OPERATION, *(f"list-things-{place:02}" for place in range(1, 60))]
    sample = green(operations)
    bad = sample.asked(
        "india", "?limit=7", page(0, 6, 61, has_more=True), operation="list-things-07"
    )
    sample.judgement("PAG-02", "india", "list-things-07")["findings"] = [
        finding("7 rows", "6 rows", [bad])
    ]
    return sample
