"""Where the servers of a run come from: given by URL, or the bundled mock, which the run starts
itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.client.credentials import Secret
    from conformance.mock.process import MockProcess
    from conformance.runner.keys import KeySource


class Servers(Protocol):
    """A provider of servers; `own` says whether the run itself starts them."""

    own: bool

    @property
    def regions(self) -> Sequence[str]:
        """The names of the regions, known before anything is started."""
        ...

    def secrets(self, keys: KeySource) -> Mapping[str, Secret]:
        """The keys of each region; raises ConfigError."""
        ...

    def start(self) -> Mapping[str, str]:
        """Start what is to be started; the base URL of each region."""
        ...

    def stop(self) -> None:
        """Stop what was started."""
        ...


class GivenServers:
    """Servers that run already, by URL; their keys are in the environment."""

    own = False

    def __init__(self, urls: Mapping[str, str]) -> None:
        self._urls = dict(urls)

    @property
    def regions(self) -> Sequence[str]:
        """The names that were given."""
        return tuple(self._urls)

    def secrets(self, keys: KeySource) -> Mapping[str, Secret]:
        """The keys from the environment; raises ConfigError."""
        return keys.from_environment(self._urls)

    def start(self) -> Mapping[str, str]:
        """The URLs as given."""
        return self._urls

    def stop(self) -> None:
        """Nothing was started."""


class BundledMock:
    """Both regions of the bundled mock, with the faults of `names`.

    `running` are the URLs of a mock that another process of the same run has started.
    """

    own = True

    def __init__(self, names: Sequence[str], running: Mapping[str, str] | None = None) -> None:
        self._names = tuple(names)
        self._running = dict(running) if running else None
        self._process: MockProcess | None = None

    @property
    def regions(self) -> Sequence[str]:
        """The mock's regions."""
        from conformance.mock.credentials import KEYS

        return tuple(KEYS)

    def secrets(self, keys: KeySource) -> Mapping[str, Secret]:
        """The keys that the mock accepts."""
        from conformance.mock import MockOptions
        from conformance.mock import keys as keys_of

        return keys.named(keys_of(MockOptions(faults=self._names)))

    def start(self) -> Mapping[str, str]:
        """Start the mock's process, unless it is running; its URLs."""
        if self._running is not None:
            return self._running

        from conformance.mock import MockOptions
        from conformance.mock.process import MockProcess

        self._process = MockProcess(MockOptions(faults=self._names, seed=0))
        self._process.__enter__()
        self._running = dict(self._process.urls)
        return self._running

    def stop(self) -> None:
        """Stop the mock's process, if this provider started it."""
        if self._process is not None:
            self._process.__exit__(None, None, None)
            self._process = self._running = None
