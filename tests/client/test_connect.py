"""One of several addresses: those that are dead or silent are passed over."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from conformance.client import connect
from conformance.client.deadline import Deadline, DeadlineExceeded
from conformance.client.errors import TransportError
from conformance.client.stop import StopSignal

DEAD, ALIVE = ("192.0.2.1", 80), ("192.0.2.2", 80)


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A host with a first address that is silent, and a second one that answers; what is tried."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address) for address in (DEAD, ALIVE)]
    attempts: list[Any] = []

    def connected(*arguments: Any) -> str:
        *_, address, deadline = arguments
        attempts.append(address)
        if address == DEAD:
            assert deadline.seconds <= connect.SILENT
            raise DeadlineExceeded
        return "a socket"

    monkeypatch.setattr(connect, "_answered", {})
    monkeypatch.setattr(connect, "_addresses", lambda *_: found)
    monkeypatch.setattr(connect, "_connected", connected)
    return attempts


def made() -> object:
    return connect.connect("api.example", 80, None, Deadline(30.0, StopSignal()))


def test_an_address_that_is_silent_is_passed_over_and_tried_last_from_then_on(
    tried: list[Any],
) -> None:
    """It takes a part of the time once, not each time."""
    assert (made(), made()) == ("a socket", "a socket")
    assert tried == [DEAD, ALIVE, ALIVE]


def test_the_last_address_has_the_whole_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """And its silence is a time-out, said with the limit."""

    def silent(*arguments: Any) -> None:
        raise DeadlineExceeded

    monkeypatch.setattr(connect, "_answered", {})
    monkeypatch.setattr(connect, "_connected", silent)
    with pytest.raises(TransportError, match=r"no connection within 3 s \(--timeout\)"):
        connect.connect("127.0.0.1", 9, None, Deadline(3.0, StopSignal()))


def test_an_address_that_refuses_is_passed_over() -> None:
    """Here for real: nothing listens on the IPv6 side of a server on 127.0.0.1."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        addresses = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 9)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
        ]
        deadline = Deadline(5.0, StopSignal())
        with connect._first_that_answers(addresses, deadline) as sock:
            assert sock.getpeername()[1] == port
