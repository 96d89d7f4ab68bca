"""Where links may lead, what must be there, and which cursors are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.contract.pagination.limit_offset import LimitOffset
from conformance.contract.pagination.telling import Telling
from conformance.laws import links as laws
from conformance.laws.answer import Answer
from conformance.laws.schemas import Schemas
from tests.support.lists import exchange, own, page

LINKED = LimitOffset(Telling("/rows", links={"next": "/next"}), 20, 100, "limit", "offset")


def answer(contract, operation, link, **changes) -> Answer:
    """An answer with a link, of a server below a path."""
    described = {"path": "/things", "pagination": LINKED} | changes
    schemas = Schemas(contract, replace(operation, **described))
    seen = exchange(body={"rows": [], "next": link}, request=own(path="/things"))
    return Answer(replace(seen, base="https://api.example.com/v1"), schemas)


@pytest.mark.parametrize(
    "link",
    [
        "https://api.example.com/v1/things?offset=20",
        "https://API.example.com:443/v1/things/?offset=20",
        "/v1/things?offset=20",
        "?offset=20",
        "https://api.example.com/v1/%74hings",
    ],
)
def test_a_link_to_the_operation_is_its_own(contract, operation, link) -> None:
    """However it is written."""
    assert laws.own(answer(contract, operation, link)) == []


@pytest.mark.parametrize(
    "link",
    [
        "http://api.example.com/v1/things?offset=20",
        "https://api.example.org/v1/things?offset=20",
        "https://api.example.com:8443/v1/things?offset=20",
        "https://api.example.com/things?offset=20",
        "//evil.example/v1/things",
        "others?offset=20",
        "http://[",
    ],
)
def test_a_link_to_anywhere_else_is_not(contract, operation, link) -> None:
    """Another origin would be given the key, and another path is not documented."""
    [finding] = laws.own(answer(contract, operation, link)) or []
    assert finding.expected == "a link of next to https://api.example.com/v1/things"


@pytest.mark.parametrize("link", ["/v1/things.json?offset=20", "things.json?offset=20"])
def test_a_link_may_lead_to_another_form_of_the_path(contract, operation, link) -> None:
    """As Zendesk has it: a SHOULD, for nobody documents that path, and its query alone is followed."""
    [finding] = laws.own(answer(contract, operation, link)) or []
    assert finding.level == "SHOULD"


def test_without_links_there_is_nothing_to_judge(contract, operation) -> None:
    """In the answer, or in the style."""
    assert laws.own(answer(contract, operation, None)) is None
    assert laws.own(answer(contract, operation, "/x", pagination=operation.pagination)) is None


def test_a_link_leads_to_the_page_that_it_names() -> None:
    """To its very rows; not to others, to none, or to a refusal."""
    ids = list(range(30))
    first, second, third = (page(ids, 10, start) for start in (0, 10, 20))
    assert laws.leads("next", exchange(), second, second, first) == []
    [finding] = laws.leads("next", exchange(), third, second, first)
    assert finding.actual == "10 rows from 20 to 29"
    [finding] = laws.leads("last", exchange(), page(ids, 10, 30), third, first)
    assert finding.actual == "a page without rows"
    [finding] = laws.leads("last", exchange(404), None, third, first)
    assert finding.actual == "status 404, no page"


@pytest.mark.parametrize(("status", "fine"), [(400, True), (404, True), (200, False), (500, False)])
def test_an_altered_cursor_is_refused(status, fine) -> None:
    """By any 4xx."""
    assert (laws.refused(exchange(status), "a cursor") == []) is fine


@pytest.mark.parametrize(
    ("servers", "level"),
    [
        (["https://api.example.org/v2"], "SHOULD"),
        (["https://api.example.org/v2", "https://api.example.net/v2"], None),
        (["https://elsewhere.example.org/v2"], None),
        (["/v2"], None),
    ],
)
def test_a_copy_may_link_to_the_one_documented_server(contract, operation, servers, level) -> None:
    """Of several the link may lead to another region, whose rows are others."""
    document = contract.document | {"servers": [{"url": url} for url in servers]}
    known = replace(contract, document=document)
    found = laws.own(answer(known, operation, "https://api.example.org/v2/things?offset=20"))
    assert found is not None
    assert [finding.level for finding in found] == [level]
