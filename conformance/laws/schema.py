"""The laws of a single answer: status, media type, JSON, schema (SCH-01 to SCH-07).

Each is None where it does not apply: to a request that the document does not describe, to a refusal
that the HTTP layer may have given, to a status of which no JSON is promised.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from conformance.client.blocking import is_hostile
from conformance.contract.described import scalars, undocumented
from conformance.contract.media import covers
from conformance.laws.authentication import presents_key
from conformance.laws.edge import is_rewriting
from conformance.laws.finding import Finding
from conformance.laws.named_resources import is_of_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from conformance.events.model import Level
    from conformance.laws.answer import Answer
    from conformance.laws.fields import Field

INVALID = (400, 422)  # what input that is not valid is refused with
NOT_FOUND, NOT_ACCEPTABLE = 404, 406
UNFORESEEN = (*INVALID, NOT_FOUND)
FIELD_SHOWN = 200  # characters of a header field
SHOWN = 3  # places of one body that are named; the rest says the same

NO_TEXT = ("audio/", "video/", "image/", "application/pdf", "application/zip")
# What a page, an error or JSON begins with, and goes on as text: raw sound may begin with any byte.
TEXT = re.compile(rb"\s*(?:<[!?a-z]|[{\[])[\t\n\r\x20-\x7e]{8}", re.IGNORECASE)


def no_failure(answer: Answer) -> list[Finding] | None:
    """SCH-06: no answer is a 5xx."""
    if not answer.is_documented or (answer.status >= 500 and answer.is_from_edge):
        return None
    return (
        [Finding("no 5xx", f"status {answer.status}", answer.shown, at="status")]
        if answer.status >= 500
        else []
    )


def documented_status(answer: Answer) -> list[Finding] | None:
    """SCH-01: the status is documented."""
    if not _is_judged(answer) or is_rewriting(answer.exchange, answer.operation.errors):
        return None
    if answer.schemas.documented(answer.status) is not None or _is_implied(answer):
        return []
    known = ", ".join(answer.operation.responses)
    expected = f"a documented status ({known})"
    level: Level | None = "SHOULD" if _is_unforeseen(answer) else None
    return [Finding(expected, f"status {answer.status}", answer.shown, at="status", level=level)]


def strict_json(answer: Answer) -> list[Finding] | None:
    """SCH-02: the documented media type, and strict JSON (RFC 8259); no coding that was not asked for."""
    if not _is_judged(answer):
        return None
    if answer.described is None:
        found = _documented_media(answer)
    elif answer.body_problem is None:
        found = _announced_coding(answer)
    else:
        media = " or ".join(answer.described.media)
        found = [Finding(f"{media}, strict JSON in UTF-8", answer.body_problem, answer.shown)]
    return None if found is None else [*found, *_asked_coding(answer)]


def _documented_media(answer: Answer) -> list[Finding] | None:
    """The media type alone, of an answer of which no JSON is promised."""
    media = answer.schemas.media_of(answer.status)
    if not media or answer.exchange.request.method == "HEAD":
        return None
    given = answer.header("content-type")
    if given is not None and any(covers(wanted, given) for wanted in media):
        return _content_of(answer, given)
    actual = "no Content-Type" if given is None else f"Content-Type {given!r}"
    return [Finding(" or ".join(media), actual, answer.shown)]


def _content_of(answer: Answer, media: str) -> list[Finding]:
    """What is said to be sound or a picture has bytes, and they are no text of another kind."""
    is_no_text = media.lower().startswith(NO_TEXT) and "+" not in media  # SVG is a picture in XML
    if answer.status != 200 or not is_no_text:
        return []
    assert answer.exchange.response is not None
    body = answer.exchange.response.body
    if body and not TEXT.match(body):
        return []
    shown = body.lstrip()[:20].decode("latin-1")
    actual = f"a text that begins with {shown!r}" if body else "no bytes"
    return [Finding(f"{media.partition(';')[0]} in a body of {media}", actual, answer.shown)]


def _announced_coding(answer: Answer) -> list[Finding]:
    """A body is in the coding that it is said to be in, or no client can read it (RFC 9110 8.4)."""
    response = answer.exchange.response
    if response is None or not response.coded:
        return []
    coding = answer.header("content-encoding")
    actual = f"Content-Encoding {coding!r}, and a body that is in no coding"
    return [Finding("a body in the coding that Content-Encoding names", actual, answer.shown)]


def _asked_coding(answer: Answer) -> list[Finding]:
    """Who asks for a body as it is gets it so (SHOULD: RFC 9110 12.5.3)."""
    asked = [
        value
        for name, value in answer.exchange.request.headers
        if name.lower() == "accept-encoding"
    ]
    if asked != ["identity"]:
        return []
    coding = answer.header("content-encoding") or "identity"
    if coding.strip().lower() == "identity":
        return []
    actual = f"Content-Encoding {coding!r}"
    expected = "no coding of the body, as Accept-Encoding asks"
    return [Finding(expected, actual, answer.shown, level="SHOULD")]


def readable(answer: Answer) -> list[Finding] | None:
    """SCH-02: an answer ends, within the bounds of a client, and is HTTP.

    To a plain request it is ROB-06 that says so; to a hostile one the edge may answer anything.
    """
    exchange = answer.exchange
    error = exchange.error
    if error is None or not error.kind.is_answer or exchange.request.plain:
        return None
    if not answer.is_documented or is_hostile(exchange.request):
        return None
    return [Finding("an answer that a client can read", str(error), answer.shown)]


def valid_body(answer: Answer) -> list[Finding] | None:
    """SCH-03: the body is what its schema allows, formats included."""
    return list(answer.body_errors.wrong) if _has_json(answer) else None


def nothing_missing(answer: Answer) -> list[Finding] | None:
    """SCH-04: the properties that the schema requires are there."""
    return list(answer.body_errors.missing) if _has_json(answer) else None


def integers(answer: Answer) -> list[Finding] | None:
    """SCH-05: integers are written as integers: neither in quotes nor with a fraction.

    To JSON Schema 12.0 is an integer (2020-12, 6.1.1), to a typed client it is none.
    """
    if not _has_json(answer):
        return None
    findings = list(answer.body_errors.no_integers)
    if answer.exchange.parsed.fractions:
        findings += _fractions(answer)[:SHOWN]
    return findings


def nothing_undocumented(answer: Answer) -> list[Finding] | None:
    """SCH-07: no property appears that no schema names."""
    if not _has_json(answer):
        return None
    assert answer.described is not None
    if answer.described.closed.is_valid(answer.exchange.json):
        return []

    resolve = answer.schemas.contract.resolve
    places = sorted(set(undocumented(answer.exchange.json, [answer.described.schema], resolve)))
    return [
        Finding("no property outside the schema", at, answer.shown, at=at) for at in places[:SHOWN]
    ]


def fields(answer: Answer) -> list[Finding] | None:
    """SCH-13: a declared field is there if it must be, and has a value that its schema allows."""
    if not _is_judged(answer):
        return None
    key = answer.schemas.documented(answer.status)
    known = answer.schemas.fields(key) if key is not None else ()
    return list(_wrong_fields(answer, known)) if known else None


def _wrong_fields(answer: Answer, known: Iterable[Field]) -> Iterator[Finding]:
    for field in known:
        value, place = answer.header(field.name.lower()), f"header {field.name}"
        if value is None and field.required:
            yield Finding(
                f"the header field {field.name}", "it is not there", answer.shown, at=place
            )
        elif value is not None and not field.allows(value):
            expected = f"a value of {field.name} that its schema allows"
            yield Finding(expected, repr(value[:FIELD_SHOWN]), answer.shown, at=place)


def _is_implied(answer: Answer) -> bool:
    """Whether a refusal needs no words. Of the credential, that the operation requires one implies
    it, where no other answer to a bad one is documented; of a request that accepts no documented
    media type, that these are all there are (RFC 9110 15.5.7).
    """
    operation, request = answer.operation, answer.exchange.request
    if answer.status == NOT_ACCEPTABLE:
        return not _accepts_any(answer)
    if operation.security is None or answer.status not in operation.refusals:
        return False
    return not presents_key(request, operation.security)


def _accepts_any(answer: Answer) -> bool:
    """Whether what a request accepts covers a media type of a 2xx."""
    headers = answer.exchange.request.headers
    accepted = [value for name, value in headers if name.lower() == "accept"]
    offered = [
        media
        for status, response in answer.operation.responses.items()
        if status.startswith("2")
        for media in response.get("content") or ()
    ]
    ranges = [one.strip() for value in accepted for one in value.split(",")]
    return not ranges or any(covers(one, media) for one in ranges for media in offered)


def _is_unforeseen(answer: Answer) -> bool:
    """Whether input that need not be valid was refused, or named nothing, by an operation of which
    no such refusal is documented: a document need not foresee every error (OpenAPI, Responses
    Object). That of a query leaves no room for 404, unless a value in the path may name nothing.
    """
    if answer.exchange.request.plain:
        return is_of_data(answer)
    foreseen = {status for status in UNFORESEEN if str(status) in answer.operation.responses}
    if answer.status in INVALID:
        return foreseen.isdisjoint(INVALID)
    is_named = "{" in answer.operation.path and NOT_FOUND not in foreseen
    return answer.status == NOT_FOUND and (is_named or not foreseen)


def _is_judged(answer: Answer) -> bool:
    return answer.is_documented and not answer.is_from_edge


def _has_json(answer: Answer) -> bool:
    """Whether there is a body that a schema can be held against."""
    return _is_judged(answer) and answer.described is not None and answer.body_problem is None


def _fractions(answer: Answer) -> list[Finding]:
    assert answer.described is not None
    described = scalars(
        answer.exchange.json, [answer.described.schema], answer.schemas.contract.resolve
    )
    return [
        Finding("a JSON integer", f"{at}: {value!r}", answer.shown, at=_without_indexes(at))
        for at, value, schemas in described
        if isinstance(value, float) and _is_integer(schemas)
    ]


def _without_indexes(place: str) -> str:
    return "/".join("*" if key.isdecimal() else key for key in place.split("/"))


def _is_integer(schemas: Sequence[dict[str, Any]]) -> bool:
    """Whether a value is described as an integer, and not as any number besides."""
    kinds: set[Any] = set()
    for schema in schemas:
        kind = schema.get("type")
        kinds |= set(kind) if isinstance(kind, list) else {kind}
    return "integer" in kinds and "number" not in kinds
