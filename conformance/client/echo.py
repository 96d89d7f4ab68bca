"""Whether an answer repeats what was presented to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.client.credentials import edited
from conformance.client.decoded import decoded
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
    texts = {text, unescaped(text)}
    letters = {squeezed(shown.encode()) for shown in texts}
    found = {
        name
        for token in _presented(request, secret)
        for name, (form, _) in forms(token).items()
        if len(form) >= SHORTEST_TOKEN and any(form in shown for shown in letters)
    }
    # A key may have few letters, and be told by its signs.
    if any(token in shown for token in _presented(request, secret) for shown in texts):
        found.add(PLAIN)
    if not found:
        return _parts(request, secret, texts, letters)
    return tuple(_named(name) for name in sorted(found, key=lambda name: (name != PLAIN, name)))


def _parts(
    request: Request, secret: Secret, texts: set[str], letters: set[bytes]
) -> tuple[str, ...]:
    """What is repeated where no form of a token stands as a whole."""
    own = {edited(secret.value, request.edit), *(each.value for each in secret.others.values())}
    ends = {
        squeezed(part.encode()) for token in _presented(request, secret) for part in _ends(token)
    }
    # Of the key itself any piece says too much; what else was presented may be words of a language.
    pieces = {part for part in ends if len(part) >= SHORTEST_TOKEN} | _pieces(own)
    if any(piece in shown for piece in pieces for shown in letters):
        return ("a part of the presented token",)

    inner = (each for shown in texts for each in decoded(shown, squeezed(shown.encode())))
    if any(piece in each for each in inner for piece in pieces):
        return ("a part of the presented token, encoded",)
    return ()


def _ends(token: str) -> tuple[str, str]:
    return token[:SHORTEST_TOKEN], token[-SHORTEST_TOKEN:]


def _pieces(tokens: set[str]) -> set[bytes]:
    """Every piece of these tokens that is long enough to be no accident, in either direction."""
    directions = {squeezed(text.encode()) for token in tokens for text in (token, token[::-1])}
    return {
        form[at : at + SHORTEST_TOKEN]
        for form in directions
        for at in range(len(form) - SHORTEST_TOKEN + 1)
    }


def _presented(request: Request, secret: Secret) -> set[str]:
    """The tokens that the request carried, altered as they were."""
    sent = (value for name, value in request.headers if name == "Authorization")
    tokens = {edited(secret.value, request.edit), *(value.split(" ", 1)[-1] for value in sent)}
    tokens |= {other.value for other in secret.others.values()}
    return {token.strip()[:200] for token in tokens if len(token.strip()) >= SHORTEST_TOKEN}


def _named(form: str) -> str:
    return "the presented token" if form == PLAIN else f"the presented token, {form}"
