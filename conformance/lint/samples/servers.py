"""The bundled mock behind recorders: samples are sent to it, and what arrives is kept."""

from __future__ import annotations

import re
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from conformance.mock import MockOptions
from conformance.mock.fronts.server import FrontServer
from conformance.mock.process import MockProcess

if TYPE_CHECKING:
    from types import TracebackType

    from conformance.contract import Contract
    from conformance.mock.fronts.model import Ask, Call, Reply

# A credential that the reader is to put in.
_KEY = re.compile(r"<[^<>\n]*(?:token|key)[^<>\n]*>|\bYOUR[-_A-Z]*(?:KEY|TOKEN)\b", re.IGNORECASE)


class Recorders:
    """A recorder for each region, while it is entered; `answered` are methods, targets and statuses."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._mock = MockProcess(MockOptions())
        self._open = ExitStack()
        self._recorders: dict[str, FrontServer] = {}
        self.answered: list[tuple[str, str, int]] = []

    def __enter__(self) -> Self:
        self._open.enter_context(self._mock)
        for region, url in self._mock.urls.items():
            server = FrontServer(self._record, urlsplit(url).port or 0)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            self._open.callback(server.server_close)
            self._open.callback(server.shutdown)
            self._recorders[region] = server
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def region_of(self, code: str) -> str | None:
        """The region that a sample asks, as far as its text names one that is served here."""
        named = (
            region
            for region, url in self._contract.regions.items()
            if region in self._recorders and url in code
        )
        return next(named, None)

    def led_here(self, code: str, region: str) -> str:
        """The sample with the recorder's URL for the server's, and the mock's key for its
        placeholder.
        """
        local = code.replace(self._contract.regions[region], self._recorders[region].url)
        return _KEY.sub(self._mock.keys[region], local)

    def port(self, region: str) -> int:
        """Where the recorder listens."""
        return self._recorders[region].server_port

    def variables(self, region: str) -> dict[str, str]:
        """The environment that a reader of the documentation has: the key under its names."""
        keys = self._contract.keys
        names = [keys.variable.replace("{REGION}", region.upper()), keys.shared]
        return {name: self._mock.keys[region] for name in names if name}

    def _record(self, call: Call, ask: Ask) -> Reply:
        reply = ask()
        self.answered.append((call.method, call.target, reply.status))
        return reply
