"""How many requests a run will send, before it sends any, and which of its checks ask less so that
they fit into a budget.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from conformance import checks
from conformance.plan import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from conformance.contract.operation import Operation
    from conformance.plan import Plan

# Requests of a check on one list in one region, by profile, as counted on the bundled mock: with
# answers shared, a check pays for those that it is the first to ask for. Generated requests are
# shared by the two checks that send them.
PROFILES = ("smoke", "standard", "deep")
COSTS = {
    "test_authentication::test_accepted": (2, 3, 3),
    "test_authentication::test_before_validation": (1, 4, 4),
    "test_authentication::test_cacheable": (2, 2, 2),
    "test_authentication::test_every_position": (0, 41, 41),
    "test_authentication::test_everywhere": (8, 10, 10),
    "test_authentication::test_key_elsewhere": (1, 2, 2),
    "test_authentication::test_malformed": (4, 13, 13),
    "test_authentication::test_no_key": (1, 1, 1),
    "test_authentication::test_other_schemes": (4, 8, 8),
    "test_authentication::test_same_wording": (1, 1, 6),
    "test_authentication::test_wrong_keys": (5, 27, 22),
    "test_bounds::test_below_the_minimum": (3, 5, 5),
    "test_bounds::test_huge": (2, 13, 13),
    "test_bounds::test_lenient_forms": (6, 10, 10),
    "test_bounds::test_not_an_integer": (4, 12, 12),
    "test_bounds::test_over_the_maximum": (4, 6, 6),
    "test_combinations::test_clients": (4, 66, 66),
    "test_combinations::test_pairs": (0, 22, 22),
    "test_doors::test_doors": (3, 31, 31),
    "test_doors::test_windows_without_a_key": (0, 5, 5),
    "test_filters::test_no_match": (1, 2, 2),
    "test_filters::test_values": (7, 12, 12),
    "test_hostile_filters::test_empty_value": (1, 1, 1),
    "test_hostile_filters::test_hostile_values": (5, 22, 22),
    "test_items::test_items": (8, 22, 22),
    "test_pages::test_past_the_end": (2, 4, 4),
    "test_pages::test_repeats": (3, 6, 6),
    "test_pages::test_walks": (7, 13, 13),
    "test_parameters::test_defaults": (2, 4, 4),
    "test_parameters::test_order": (2, 4, 4),
    "test_parameters::test_repeated": (2, 8, 8),
    "test_parameters::test_spellings": (1, 3, 3),
    "test_parity::test_bounds": (1, 4, 4),
    "test_parity::test_foreign_key": (1, 1, 1),
    "test_parity::test_statuses": (7, 41, 89),
    "test_parity_items::test_served_alike": (0, 9, 9),
    "test_robustness::test_head": (1, 3, 3),
    "test_robustness::test_methods": (4, 9, 9),
    "test_robustness::test_published_samples": (1, 2, 2),
    "test_robustness::test_queries": (5, 12, 12),
    "test_schema::test_generated_requests": (4, 38, 194),
    "test_sensitivity::test_keys_at_random": (0, 0, 1420),
    "test_sensitivity::test_oddities_at_random": (0, 0, 598),
    "test_sensitivity::test_regions_at_random": (0, 0, 202),
    "test_sensitivity::test_values_at_random": (0, 0, 1095),
    "test_sensitivity::test_windows_at_random": (0, 0, 1149),
    "test_sorting::test_sorts": (2, 4, 4),
    "test_windows::test_windows": (8, 19, 4),
    "test_wrong_once::test_changed_meanwhile": (0, 6, 6),
    "test_wrong_once::test_failing_windows": (0, 0, 0),
    "test_writes::test_counted": (3, 3, 3),
    "test_writes::test_created": (3, 3, 3),
    "test_writes::test_created_once": (4, 4, 4),
    "test_writes::test_deleted": (4, 4, 4),
    "test_writes::test_replaced": (6, 6, 6),
    "test_wrong_once::test_wrong_once": (2, 3, 3),
}
# What a check pays in addition where the one that asks first is asked in brief: their answers are shared.
LEFT_TO = {
    "test_combinations::test_clients": {
        "test_windows::test_windows": 72,
        "test_schema::test_generated_requests": 21,
    },
    "test_authentication::test_wrong_keys": {"test_authentication::test_same_wording": 21},
}
UNKNOWN = (4, 10, 10)  # of a check that is not listed, which asks something of its own
HEADROOM = 0.8  # what is left is for answers that are confirmed, and for errors of the count
# What is judged of the API's front: its keys, its methods, what it does with odd requests. Operations
# share it as a rule, so that each further one shows little that the first did not.
FRONT = (
    "test_authentication::",
    "test_combinations::test_clients",
    "test_doors::",
    "test_parity::test_statuses",
    "test_robustness::test_plain_requests",
    "test_robustness::test_queries",
    "test_schema::test_generated_requests",
    "test_wrong_once::",
)
GENERATED = "test_schema::test_generated_requests"
ANSWERS = 20  # that the laws of any answer need for a pass (SCH-01, SCH-06)
FREE = ("test_document::", "test_whole::", "test_schema::test_rows", "test_parity::test_shapes")


@dataclass(frozen=True, slots=True)
class Asking:
    """A check that is going to ask: its name, its region (None: all regions), and its operation."""

    name: str
    region: str | None
    operation: str = ""

    @property
    def function(self) -> str:
        """The function of the check, behind the name of its module."""
        return self.name.rpartition("/")[2].partition("[")[0].replace(".py::", "::")

    @property
    def place(self) -> tuple[str, str, str]:
        """Its function, and the operation and the region that it asks (empty: all regions)."""
        return self.function, self.operation, self.region or ""

    @property
    def is_of_front(self) -> bool:
        """Whether it judges what operations share."""
        return self.function.startswith(FRONT)

    def cost(self, profile: str) -> int:
        """About how many requests it sends to one region."""
        if self.function.startswith(FREE):
            return 0
        return COSTS.get(self.function, UNKNOWN)[PROFILES.index(profile)]


def asking_of(plan: Plan) -> list[Asking]:
    """The checks that a run of a plan collects."""
    return [
        Asking(f"{name}[{operation}-{region}]", region, operation)
        for name, requirements in _functions()
        for operation, region in plan.places(requirements)
        if operation != DOCUMENT
    ]


def _functions() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each check, and the requirements that it judges."""
    for module in iter_modules(checks.__path__):
        if not module.name.startswith("test_"):
            continue
        for function in vars(import_module(f"{checks.__name__}.{module.name}")).values():
            for mark in getattr(function, "pytestmark", ()):
                if mark.name == "requirements":
                    yield f"{module.name}.py::{function.__name__}", mark.args


def further(operations: Iterable[Operation]) -> frozenset[str]:
    """The operations of which the front is asked in brief: all but one with the same key.

    That one is a list, where there is any: it has the most to ask for.
    """
    ordered = sorted(operations, key=lambda operation: operation.pagination is None)
    first: dict[object, str] = {}
    for operation in ordered:
        key = operation.presented and operation.presented.presentation
        first.setdefault(key, operation.id)
    return frozenset(one.id for one in ordered) - frozenset(first.values())


@dataclass(frozen=True, slots=True)
class Reduction:
    """What a region was to be asked, what it is asked instead, and the limit that is the reason."""

    planned: int
    asked: int
    limit: str

    @property
    def words(self) -> str:
        """As the verdict says it."""
        return f"asked about {self.asked:,} of {self.planned:,} planned requests: {self.limit}"


class Extent:
    """How much the checks of a run ask: as its profile says, or less where a budget is too small.

    The checks that ask the most beyond what a pass needs are the first to be reduced. Of the
    operations `further` the front is asked in brief.
    """

    def __init__(
        self,
        checks: Iterable[Asking] = (),
        profile: str = "standard",
        further: Collection[str] = (),
    ) -> None:
        self._checks: Sequence[Asking] = tuple(checks)
        self._profile = profile
        self._named = {check.name: check for check in self._checks}
        self._at = {check.place: check for check in self._checks}
        self._reduced = {
            check.name for check in self._checks if check.is_of_front and check.operation in further
        }
        self._reduced -= {name for name in self._reduced if self._gives_most(self._named[name])}
        self._begun: set[str] = set()
        self._lock = threading.Lock()

    def _gives_most(self, check: Asking) -> bool:
        """Whether the answers to a check's requests are what the laws of any answer have to judge: of a
        selection of requirements, no other check may ask enough.
        """
        if check.function != GENERATED:
            return False
        there = [
            other
            for other in self._asking(check.region or "")
            if other.operation == check.operation
        ]
        return sum(map(self._cost, there)) < ANSWERS

    def is_reduced(self, check: str) -> bool:
        """Whether a check is to ask as the smoke profile does."""
        return check in self._reduced

    def begin(self, check: str) -> None:
        """What a check asks stands from now on."""
        with self._lock:
            self._begun.add(check)

    def requests(self, region: str) -> int:
        """About how many requests a region gets."""
        return sum(self._cost(check) for check in self._asking(region))

    def part(self, region: str, operations: Collection[str]) -> float:
        """How much of what a region gets are the requests of these operations: from 0 to 1."""
        own = (check for check in self._asking(region) if check.operation in operations)
        return sum(map(self._cost, own)) / max(1, self.requests(region))

    def fit(self, region: str, most: float) -> int:
        """Reduce checks of a region that have not begun until it gets so many requests at most, or no
        more can be; how many were reduced now.
        """
        with self._lock:
            before = len(self._reduced)
            excess = self.requests(region) - HEADROOM * most
            able = [check for check in self._asking(region) if check.name not in self._begun]
            dearest = [(-self._saving(check), check.name) for check in able]
            heapify(dearest)
            while excess > 0 and dearest and dearest[0][0] < 0:
                supposed, name = heappop(dearest)
                check = self._named[name]
                saving = self._saving(check)
                if saving != -supposed:  # less than it was: others were reduced since then
                    heappush(dearest, (-saving, name))
                    continue
                self._reduced.add(name)
                excess -= saving
                for other in self._sharing(check):
                    if other.name not in self._begun:
                        heappush(dearest, (-self._saving(other), other.name))
            return len(self._reduced) - before

    def _asking(self, region: str) -> list[Asking]:
        return [check for check in self._checks if check.region in (region, None)]

    def _cost(self, check: Asking) -> int:
        if check.name in self._reduced:
            return check.cost("smoke")
        left = sum(
            LEFT_TO[other.function][check.function]
            for other in self._sharing(check)
            if other.name in self._reduced and check.function in LEFT_TO.get(other.function, ())
        )
        return check.cost(self._profile) + left

    def _saving(self, check: Asking) -> int:
        """How many requests fewer a region gets where the check is reduced."""
        if check.name in self._reduced:
            return 0
        takers = LEFT_TO.get(check.function, {})
        left = sum(
            takers.get(other.function, 0)
            for other in self._sharing(check)
            if other.name not in self._reduced
        )
        return self._cost(check) - check.cost("smoke") - left

    def _sharing(self, check: Asking) -> list[Asking]:
        """The checks at its place that it leaves requests to, and that leave requests to it."""
        function, *place = check.place
        others = [*LEFT_TO.get(function, ()), *(of for of, to in LEFT_TO.items() if function in to)]
        found = (self._at.get((other, place[0], place[1])) for other in others)
        return [other for other in found if other]
