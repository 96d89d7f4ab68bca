"""Whether an answer repeats what was presented to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.client.credentials import edited

if TYPE_CHECKING:
    from conformance.client.credentials import Secret
    from conformance.client.request import Request
    from conformance.client.response import Response

SHORTEST_TOKEN = 12  # characters; a shorter one may stand in an answer by accident


def echoed(request: Request, secret: Secret, response: Response) -> tuple[str, ...]:
    """What a refusal repeats of the token that was presented, whichever form of the key it was."""
    if response.status < 400:
        return ()
    tokens = [edited(secret.value, request.edit)]
    tokens += [
        value.split(" ", 1)[-1].strip()
        for name, value in request.headers
        if name == "Authorization"
    ]
    shown = response.body + "\n".join(value for _, value in response.headers).encode()
    seen = any(
        len(token) >= SHORTEST_TOKEN and token.encode("utf-8", "replace")[:200] in shown
        for token in tokens
    )
    return ("the presented token",) if seen else ()
