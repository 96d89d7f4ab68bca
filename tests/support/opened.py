"""A page of the HTML report, opened in a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass
class Opened:
    """A page, what it complained of, and what it asked the network for."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def at(self, rest: str) -> Page:
        """The page opened again at a query or a fragment."""
        self.page.goto("about:blank")
        self.page.goto(self.url + rest)
        return self.page

    @property
    def query(self) -> str:
        """What the address says of the filters."""
        return self.page.url.removeprefix(self.url).partition("#")[0]
