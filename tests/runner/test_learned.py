"""Values of path parameters, learned from the lists of a region."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from conformance.checks.context import Context
from conformance.client import Request
from conformance.runner.learned import TRIED, Learned
from tests.support.checks import SETTINGS
from tests.support.contracts import THINGS, TRAITS, loaded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.contract import Contract


class Region:
    """A client of a region with a list of keys, of which some have an item."""

    def __init__(self, keys: Sequence[object], there: Sequence[object], status: int = 200) -> None:
        self.body = {"rows": [{"key": key} for key in keys], "more": False, "count": len(keys)}
        self.paths = {f"/things/{key}" for key in there}
        self.status = status
        self.asked: list[str] = []

    def probe(self, request: Request, _: str) -> Any:
        """The list, or an item without a body."""
        self.asked.append(request.path)
        if request.path == "/things":
            return answer(self.status, self.body)
        return answer(200 if request.path in self.paths else 404, None)


def answer(status: int, body: object) -> Any:
    """As much of an exchange as is read."""
    response = SimpleNamespace(header=lambda name: None)
    shown = json.loads(json.dumps(body))
    return SimpleNamespace(status=status, ok=status == 200, json=shown, response=response)


@pytest.fixture
def contract(tmp_path) -> Contract:
    """A list, and its item without a value in the document."""
    return loaded(tmp_path, THINGS, TRAITS)


def path_in(contract: Contract, region: Region) -> str | None:
    """The path of the item that was learned."""
    clients: Any = {"one": region}
    return Learned(contract, clients).of(contract.operations[1], "one").plain_path


def test_the_value_is_that_of_a_row_that_is_there(contract) -> None:
    """From the middle of the page on, for its ends move most; what is 404 is passed over."""
    region = Region("abcde", "de")
    assert path_in(contract, region) == "/things/d"
    assert region.asked == ["/things", "/things/c", "/things/d"]


def test_where_no_row_is_there_the_first_one_is_asked_for(contract) -> None:
    """The checks then say what is wrong; not more than a few are tried."""
    keys = list(range(1, 31))
    region = Region(keys, [])
    assert path_in(contract, region) == "/things/16"
    assert len(region.asked) == 1 + TRIED


@pytest.mark.parametrize(
    ("rows", "best"),
    [({"a": 3, "c": 1, "d": 2}, "a"), ({"a": 12, "d": 10}, "d"), ({}, "c")],
    ids=["most rows", "a full page", "none has rows"],
)
def test_of_lists_below_items_a_full_one_is_asked_for(tmp_path, rows, best) -> None:
    """A list without rows shows nothing, and the rows of another may."""
    parts = THINGS[THINGS.index("  /things:") :].replace("/things", "/things/{key}/parts")
    parts = parts.replace("list-things", "list-parts").replace("/parts/{key}", "/parts/{part}")
    traits = TRAITS + TRAITS[TRAITS.index("  - target") :].replace("/things", "/things/{key}/parts")
    contract = loaded(tmp_path, THINGS + parts, traits)
    listed = next(one for one in contract.operations if one.id == "list-parts")

    class Parts(Region):
        def probe(self, request: Request, name: str) -> Any:
            if not request.path.endswith("/parts"):
                return super().probe(request, name)
            count = rows.get(request.path.split("/")[2], 0)
            listed = [{"key": str(number)} for number in range(count)]
            return answer(200, {"rows": listed, "more": False, "count": count})

    clients: Any = {"one": Parts("abcd", "abcd")}
    assert Learned(contract, clients).of(listed, "one").plain_path == f"/things/{best}/parts"


def test_a_part_that_no_row_has_is_not_there_to_be_asked_for(tmp_path) -> None:
    """Many an item has none; where one of them has, its part is asked for."""
    document = (
        THINGS + "  /things/{key}/part:\n    get: {responses: {'200': {description: A part}}}\n"
    )
    contract = loaded(tmp_path, document, TRAITS)
    part = contract.operations[2]
    for there, expected in (([], None), (["c/part"], "/things/c/part")):
        clients: Any = {"one": Region("abc", there)}
        assert Learned(contract, clients).of(part, "one").plain_path == expected


@pytest.mark.parametrize(
    "region", [Region([], []), Region("abc", "abc", status=500), Region([None, 1.5, ""], [])]
)
def test_nothing_is_learned_from_a_list_without_usable_rows(contract, region) -> None:
    """Empty, refused, or with identities that stand in no path."""
    assert path_in(contract, region) is None


def test_each_region_is_asked_once_and_has_its_own(contract) -> None:
    """However many checks want to know."""
    one, two = Region("a", "a"), Region("b", "b")
    clients: Any = {"one": one, "two": two}
    learned = Learned(contract, clients)
    for _ in range(2):
        assert learned.of(contract.operations[1], "one").plain_path == "/things/a"
        assert learned.of(contract.operations[1], "two").plain_path == "/things/b"
    assert len(one.asked) == len(two.asked) == 2


def test_a_request_of_all_regions_names_what_each_of_them_has(contract) -> None:
    """Also one of another region, and a path below it; in one region nothing is replaced."""
    clients: Any = {"one": Region("a", "a"), "two": Region("b", "b")}
    learned = Learned(contract, clients)
    both = Context(contract, contract.operations[1], None, 1, SETTINGS, learn=learned.of)
    for path in ("/things/{key}", "/things/a"):
        assert both.request_in("two", Request("GET", path)).path == "/things/b"
    assert both.request_in("one", Request("GET", "/things/{key}/x")).path == "/things/a/x"
    alone = Context(contract, contract.operations[1], "one", 1, SETTINGS, learn=learned.of)
    assert alone.path == "/things/a"
    assert alone.request_in("two", Request("GET", "/things/a")).path == "/things/a"


def test_a_region_without_a_row_lacks_what_the_path_names(contract) -> None:
    """One of several is enough for what compares them."""
    clients: Any = {"one": Region("a", "a"), "two": Region([], [])}
    learned = Learned(contract, clients)
    lacking = [
        Context(contract, contract.operations[1], region, 1, SETTINGS, learn=learned.of).lacking(
            clients
        )
        for region in ("one", "two", None)
    ]
    assert lacking == [[], ["two"], ["two"]]


def test_what_is_gone_is_learned_again(contract) -> None:
    """From the list as it is now; what is still there stays, and what never was is not looked for."""
    region = Region("abcde", "abcde")
    clients: Any = {"one": region}
    learned, item = Learned(contract, clients), contract.operations[1]
    assert learned.of(item, "one").plain_path == "/things/c"
    assert not learned.renew(item, "one")

    region.paths = {"/things/d", "/things/e"}
    assert learned.renew(item, "one")
    assert learned.of(item, "one").plain_path == "/things/d"

    region.paths = set()
    assert not learned.renew(item, "one")
    asked = len(region.asked)
    assert not learned.renew(item, "one")
    assert len(region.asked) == asked


def test_with_what_is_above_it_its_parts_are_learned_again(tmp_path) -> None:
    """A part below an item that is gone is that of another one."""
    document = (
        THINGS + "  /things/{key}/part:\n    get: {responses: {'200': {description: A part}}}\n"
    )
    contract = loaded(tmp_path, document, TRAITS)
    region = Region("ab", ["a", "b", "a/part", "b/part"])
    clients: Any = {"one": region}
    learned, part = Learned(contract, clients), contract.operations[2]
    assert learned.of(part, "one").plain_path == "/things/b/part"
    region.paths = {"/things/a", "/things/a/part"}
    assert learned.renew(part, "one")
    assert learned.of(part, "one").plain_path == "/things/a/part"
