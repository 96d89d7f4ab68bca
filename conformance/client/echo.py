"""Whether an answer repeats what was presented to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.client.credentials import edited
from conformance.client.key_forms import PLAIN, forms, squeezed, unescaped

if TYPE_CHECKING:
    from conformance.client.credentials import Secret
    from conformance.client.request import Request
    from conformance.client.response import Response

SHORTEST_TOKEN = 12  # characters; a shorter one may stand in an answer by accident
LOOKED_AT = 1_000_000  # bytes of a refusal; a longer one is a finding of its own


def echoed(request: Request, secret: Secret, response: Response) -> tuple[str, ...]:
    """What a refusal repeats of the token that was presented, whichever form of the key it was, and
    in which form it repeats it.
    """
    if response.status < 400:
        return ()

    fields = "\n".join(f"{name}\n{value}" for name, value in response.headers)
    text = f"{response.body[:LOOKED_AT].decode('utf-8', 'replace')}\n{response.reason}\n{fields}"
    letters = {squeezed(shown.encode()) for shown in (text, unescaped(text))}
    found = {
        name
        for token in _presented(request, secret)
        for name, (form, _) in forms(token).items()
        if len(form) >= SHORTEST_TOKEN and any(form in shown for shown in letters)
    }
    if not found and any(_repeats_part(token, letters) for token in _presented(request, secret)):
        return ("a part of the presented token",)
    return tuple(_named(name) for name in sorted(found, key=lambda name: (name != PLAIN, name)))


def _repeats_part(token: str, letters: set[bytes]) -> bool:
    """Whether an answer repeats the beginning or the end of a token, long enough to be no accident."""
    parts = {squeezed(part.encode()) for part in (token[:SHORTEST_TOKEN], token[-SHORTEST_TOKEN:])}
    return any(len(part) >= SHORTEST_TOKEN and part in shown for part in parts for shown in letters)


def _presented(request: Request, secret: Secret) -> set[str]:
    """The tokens that the request carried, altered as they were."""
    sent = (value for name, value in request.headers if name == "Authorization")
    tokens = {edited(secret.value, request.edit), *(value.split(" ", 1)[-1] for value in sent)}
    tokens |= {other.value for other in secret.others.values()}
    return {token.strip()[:200] for token in tokens if len(token.strip()) >= SHORTEST_TOKEN}


def _named(form: str) -> str:
    return "the presented token" if form == PLAIN else f"the presented token, {form}"
