"""What one exchange may cost, whatever the server does: time, bytes, fields."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one exchange; past any of them it is cut, and its error names the bound.

    A head of 64 kB is eight times what common servers accept themselves; no answer that a client
    could use needs more. Interim answers are those of RFC 9110 15.2.
    """

    timeout: float = 10.0  # seconds from connecting to the last byte (--timeout)
    body: int = 64 * MB  # bytes, on the wire and decompressed (--max-body)
    head: int = 64_000  # bytes of a status line with its fields, and of trailers
    fields: int = 200  # header fields of one answer
    interim: int = 20  # 1xx before the final answer
    framing: int = MB  # bytes that chunks spend on anything but content
    values: int = (
        250_000  # of JSON in one body: 500 rows of 500 values; each takes 100 bytes to hold
    )


def shown_size(count: int) -> str:
    """A number of bytes as a person writes it: `900 bytes`, `22 kB`, `64 MB`, `500 GB`."""
    for unit, name in ((1_000_000_000, "GB"), (MB, "MB"), (1_000, "kB")):
        if count >= unit:
            return f"{count / unit:.3g} {name}"
    return f"{count} bytes"
