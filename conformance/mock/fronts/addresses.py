"""Wrong addresses: something answers, and it is not the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.fronts.model import Reply, front, page

if TYPE_CHECKING:
    from conformance.mock.fronts.model import Ask, Call, Front


def always(reply: Reply) -> Front:
    """A front that gives everything one answer."""

    def answer(call: Call, ask: Ask) -> Reply:
        return reply

    return answer


@front
def redirect_to_another_host() -> Front:
    """301 to the same path elsewhere."""
    return always(page(301, "Moved", location="https://api.example.test/v1/batch-calls"))


@front
def login_page() -> Front:
    """200 with a form for people."""
    return always(page(200, "Sign in to continue"))


@front
def not_found_page() -> Front:
    """404 with a page for people."""
    return always(page(404, "Not found"))


@front
def another_api() -> Front:
    """200 with JSON of another shape."""
    body = b'{"service": "billing", "status": "ok", "version": "1.2"}'
    return always(Reply(200, (("content-type", "application/json"),), body))


@front
def challenge_page() -> Front:
    """403 with a challenge for browsers."""
    return always(page(403, "Just a moment...", cf_ray="8abc-BOM", server="cloudflare"))


@front
def parked_domain() -> Front:
    """200 with an advertisement, whatever is asked."""
    return always(page(200, "This domain is for sale"))


@front
def gateway_with_a_key_of_its_own() -> Front:
    """403 in the JSON of a gateway, which wants a key of its own in x-api-key."""
    fields = (
        ("content-type", "application/json"),
        ("x-amzn-errortype", "ForbiddenException"),
        ("x-amz-apigw-id", "Xy12345="),
    )
    refused = Reply(403, fields, b'{"message":"Forbidden"}')
    return lambda call, ask: ask() if call.field("x-api-key") else refused
