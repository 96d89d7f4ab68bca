"""Lists whose parameters say how deep a page may begin, as search engines have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from tests.support.paged import Answer, Asked, Service, integer, list_operation, rows_of, traits
from tests.support.paged_services.parts import BEARER, COUNT, strict

if TYPE_CHECKING:
    from collections.abc import Mapping

DEEPEST = {"/near": 200, "/far": 40}  # rows before a page; a list has 73
LAST_PAGE = 4
DEFAULT, MOST = 10, 20


def _list(path: str, *parameters: dict[str, Any]) -> dict[str, Any]:
    limit = integer("limit", minimum=1, maximum=MOST, default=DEFAULT)
    answer = rows_of("rows", total=COUNT)
    return {path: {"get": list_operation(f"list{path[1:].title()}", [limit, *parameters], answer)}}


def _traits(path: str, **parameter: str) -> dict[str, Any]:
    sizes = {"default_limit": DEFAULT, "maximum_limit": MOST}
    told = {"limit" if "offset" in parameter else "size": "limit", "items": "/rows"}
    return traits(
        path, pagination={**parameter, **told, "total": "/total", **sizes}, identity="/id"
    )


class Bounded(Service):
    """One list whose offsets go past its end, one whose offsets do not, and one by pages of which
    the first four can be asked for. What is out of bounds is refused.
    """

    DOCUMENT: ClassVar[dict[str, Any]] = {
        **BEARER,
        "paths": {
            **_list("/near", integer("offset", minimum=0, maximum=DEEPEST["/near"])),
            **_list("/far", integer("offset", minimum=0, exclusiveMaximum=DEEPEST["/far"] + 1)),
            **_list("/pages", integer("page", minimum=1, maximum=LAST_PAGE)),
        },
    }
    OVERLAY: ClassVar[list[dict[str, Any]]] = [
        _traits("/near", offset="offset"),
        _traits("/far", offset="offset"),
        _traits("/pages", page="page"),
    ]
    FAULTS: ClassVar[dict[str, tuple[str, ...]]] = {
        "duplicated": ("PAG-05", "PAG-07"),
        "size_ignored": ("PAG-02", "PAG-10"),
        "order_by_size": ("PAG-06",),
        "total_of_page": ("PAG-02", "PAG-04", "PAG-05"),
        "deepest_refused": ("ROB-06", "PAG-07", "PAG-09"),
        "past_the_end_repeats": ("PAG-09",),
        "beyond_fails": ("SCH-06",),
    }

    def refusal(self, status: int, what: str) -> Answer:
        """One member."""
        return Answer(status, {"error": what})

    def answer(self, asked: Asked) -> Answer | None:
        """A page of any of the three."""
        limit = strict(asked.query.get("limit"), DEFAULT)
        if asked.path not in (*DEEPEST, "/pages"):
            return None
        start = None if limit is None else self._start(asked.path, asked.query, limit)
        if start is None or limit is None or not 1 <= limit <= MOST:
            return self.refusal(500 if self.fault == "beyond_fails" else 400, "out of bounds")
        if self.fault == "past_the_end_repeats" and start >= len(self.rows):
            start = len(self.rows) - limit
        page = self.cut(self.rows, start, limit)
        total = len(self.rows) if self.fault != "total_of_page" else start + len(page)
        return Answer(200, {"rows": page, "total": total})

    def _start(self, path: str, query: Mapping[str, str], limit: int) -> int | None:
        if path == "/pages":
            number = strict(query.get("page"), 1)
            return None if number is None or not 1 <= number <= LAST_PAGE else (number - 1) * limit
        start = strict(query.get("offset"), 0)
        deepest = DEEPEST[path] - (self.fault == "deepest_refused")
        return None if start is None or not 0 <= start <= deepest else start
