"""A request as it goes out: the key filled in, and the fields that every client sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance import __version__
from conformance.client.placeholders import filled, filled_target
from conformance.client.reach import Reach

if TYPE_CHECKING:
    from conformance.client.credentials import Secret
    from conformance.client.request import Request

USER_AGENT = f"formant-conformance/{__version__}"
REQUEST_ID = "X-Request-ID"


@dataclass(frozen=True, slots=True)
class Presented:
    """Method, target, fields and body with the key in them; never shown."""

    method: str
    target: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: str | None = field(repr=False)
    version: str = "1.1"
    new_connection: bool = False
    absolute: bool = False
    certificate: bool = True
    awaited: bool = False  # once it was sent, its answer is, though the run is stopped meanwhile


def defaults(reach: Reach, request_id: str = "") -> dict[str, str]:
    """What every request carries unless it has a field of that name itself.

    A field of the caller's takes the place of one of the client's.
    """
    fields = {"Accept-Encoding": "gzip"}
    if reach.run is not None:
        fields["User-Agent"] = f"{USER_AGENT} (run {reach.run})" if reach.run else USER_AGENT
    if reach.run and request_id:
        fields[REQUEST_ID] = request_id
    given = {field.name: field.value for field in reach.fields}
    replaced = {name.lower() for name in given}
    return {name: value for name, value in fields.items() if name.lower() not in replaced} | given


def presented(
    request: Request, secret: Secret, reach: Reach | None = None, request_id: str = ""
) -> Presented:
    """The request with its key, altered as it asks for; a target carries it percent-encoded."""
    own = {name.lower() for name, _ in request.headers} | {name.lower() for name in request.omit}
    common = defaults(reach or Reach(), request_id)
    added = [(name, value) for name, value in common.items() if name.lower() not in own]
    edit = request.edit
    body = filled(request.body, secret, edit) if request.body is not None else None
    return Presented(
        method=request.method,
        target=filled_target(request.target, secret, edit),
        headers=(
            *added,
            *((name, filled(value, secret, edit)) for name, value in request.headers),
        ),
        body=body,
        version=request.version,
        new_connection=request.new_connection,
        absolute=request.absolute,
        certificate=request.certificate,
    )
