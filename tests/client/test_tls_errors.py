"""What is wrong with TLS, and what helps."""

from __future__ import annotations

import socket
import ssl
import threading

import pytest

from conformance.client import connect
from conformance.client.deadline import Deadline
from conformance.client.errors import TransportError, classified
from conformance.client.stop import StopSignal


@pytest.mark.parametrize(("code", "is_said"), [(18, True), (20, True), (10, False)])
def test_an_authority_that_is_not_known_can_be_named(code: int, *, is_said: bool) -> None:
    """A certificate that has expired is another matter."""
    problem = ssl.SSLCertVerificationError(1, "certificate verify failed")
    problem.verify_code, problem.verify_message = code, "because"
    text = classified(problem).error.text
    assert text.startswith("TLS failed: because")
    assert ("--ca-bundle FILE" in text) is is_said


def test_a_port_without_tls_is_said() -> None:
    """Rather than a version number that is wrong."""

    def speak() -> None:
        peer, _ = listener.accept()
        with peer:
            peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            peer.recv(1_000)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=speak, daemon=True).start()
        context, deadline = ssl.create_default_context(), Deadline(5.0, StopSignal())
        with pytest.raises(TransportError, match="the server speaks no TLS at this port"):
            connect.connect("127.0.0.1", listener.getsockname()[1], context, deadline)
