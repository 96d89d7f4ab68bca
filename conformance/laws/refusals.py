"""The laws of a refusal: its envelope, its challenge, what it must not tell.

AUT-07 to AUT-09, AUT-16, AUT-17, ROB-03, ROB-08.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.contract import pointer
from conformance.laws.edge import has_api_form, is_http_layers, named_by
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange
    from conformance.client.response import Response
    from conformance.contract.operation import Operation
    from conformance.laws.answer import Answer

# OWASP error handling: what a refusal must not tell of the software behind it.
ESCAPED = re.compile(rb"\\[nrt]")  # white space, as JSON writes it
TRACE = re.compile(
    rb"Traceback \(most recent|\bat [\w.$]+\(\w+\.java:\d+\)|File \\?\"[^\"]+\", line \d+"
    rb"|panic: |goroutine \d+"
    # A file of a program and a line in it; `.py` and `.rs` end the names of hosts too, which have ports.
    rb"|(?<![\w./-])(?!//)[\w./-]*\w\.(?:[cm]?[jt]sx?|rb|php|go|kt|exs?):\d+"
    rb"|(?<![\w./-])(?!//)[\w.-]*/[\w./-]*\w\.(?:py|rs):\d+"
)
# What databases and the libraries between say of a statement that fails.
DATABASE = re.compile(
    rb"\bpsycopg\d?\.\w|\b(?:sqlalchemy|sqlite3|pymysql|hibernate)\.[\w.]*(?:Error|Exception)\b"
    rb"|SQLSTATE|\bORA-\d{5}\b|syntax error at or near|You have an error in your SQL syntax"
    rb"|\bMongo(?:Server)?Error\b|\bERROR: +(?:column|relation|invalid input syntax)"
)
# A file's path, not the path of a URL: nothing that could be a host stands before it.
PATHS = re.compile(
    rb"(?<![\w.:/-])(?:/(?:usr|home|var|srv|opt|app|etc|root|tmp)/[\w./-]+|[A-Z]:\\\\?[\w.\\-]{3,})"
)
VERSION = re.compile(
    r"\b(?:nginx|apache|gunicorn|uvicorn|hypercorn|python|express|php|werkzeug|openresty|tomcat|jetty|iis|"
    r"tornado|aiohttp|cpython|basehttp|node(?:\.js)?|go)[/ ]v?\d+(?:\.\d+)+",
    re.IGNORECASE,
)
# The schemes of a list of challenges; what follows a comma and has `=` behind it is a parameter.
CHALLENGED = re.compile(r"(?:^|,)\s*([A-Za-z][\w-]*)(?=\s+[^\s=]|\s*,|\s*$)")
BANNERS = ("server", "x-powered-by", "via")


def envelope(answer: Answer) -> list[Finding] | None:
    """ROB-03: a 4xx other than 401 carries the documented envelope, and a documented type for its
    status.
    """
    if not _has_form(answer) or answer.operation.errors is None or answer.status == 401:
        return None
    return _envelope(answer)


def unauthenticated_envelope(answer: Answer) -> list[Finding] | None:
    """AUT-07: so does a 401."""
    if not _has_form(answer) or answer.operation.errors is None or answer.status != 401:
        return None
    return _envelope(answer)


def envelope_beside_the_api(answer: Answer) -> list[Finding] | None:
    """ROB-08: what a router or a gateway refuses by itself, it refuses in the documented envelope
    too.

    That is a path or method that the document does not describe, and a status of which it names no type.
    """
    errors = answer.operation.errors
    if errors is None or answer.exchange.request.method == "HEAD" or answer.status < 400:
        return None
    if is_http_layers(answer.exchange):
        return None
    is_api_s = answer.status in errors.types or not answer.is_refusal
    if answer.is_documented and is_api_s and not answer.is_from_edge:
        return None

    expected = f"the documented envelope, with {errors.type}"
    if answer.status >= 500:
        return [Finding(f"a 4xx in {expected}", _without_envelope(answer), answer.shown)]
    if not _has_error_type(answer):
        return [Finding(expected, _without_envelope(answer), answer.shown)]
    if answer.described is not None and answer.media_problem is not None:
        wanted = f"the documented envelope as {' or '.join(answer.described.media)}"
        return [Finding(wanted, answer.media_problem, answer.shown)]
    return []


def is_throttled_by_edge(answer: Answer) -> bool:
    """Whether a 429 is in a form that is not the API's, where the edge may have its own."""
    errors = answer.operation.errors
    if errors is None or errors.strict or answer.exchange.response is None:
        return False
    return answer.status == 429 and not has_api_form(answer.exchange, errors)


def throttled_in_another_form(answer: Answer) -> list[Finding]:
    """ROB-08: a 429 by a gateway is in the documented envelope too."""
    return [Finding("the documented envelope", _without_envelope(answer), answer.shown)]


def by_the_edge(answer: Answer) -> list[Finding] | None:
    """ROB-08: what never reached the API is counted, and no finding by itself.

    What a server's own HTTP layer refuses looks alike, and is not counted.
    """
    is_counted = answer.is_from_edge and not is_http_layers(answer.exchange)
    return [] if is_counted else None


def documented_message(answer: Answer) -> list[Finding] | None:
    """AUT-17: a 401 says what the documentation says that it says."""
    errors = answer.operation.errors
    if not _has_form(answer) or errors is None or errors.message is None:
        return None
    if answer.status != 401 or answer.status not in errors.messages:
        return None

    expected = errors.messages[answer.status]
    actual = pointer.get(answer.exchange.json, errors.message)
    if actual == expected or not isinstance(actual, str):
        return []  # without a message there is no envelope, which AUT-07 says
    return [Finding(f"the documented message {expected!r}", repr(actual), answer.shown)]


def challenge(answer: Answer) -> list[Finding] | None:
    """AUT-08: a 401 carries a challenge that applies to what was asked for (RFC 9110 11.6.1)."""
    if not _has_form(answer) or answer.status != 401:
        return None
    told = answer.header("www-authenticate")
    if not told:
        expected = "WWW-Authenticate with a 401 (RFC 9110 11.6.1)"
        return [Finding(expected, "no such header", answer.shown)]

    wanted = _challenges(answer.operation)
    if not wanted or wanted & {name.lower() for name in CHALLENGED.findall(told)}:
        return []
    expected = f"a challenge for {' or '.join(sorted(wanted))} (RFC 9110 11.6.1)"
    return [Finding(expected, f"WWW-Authenticate: {told[:100]}", answer.shown)]


def _challenges(operation: Operation) -> set[str]:
    """The schemes that a challenge of an operation may name; none where any may be."""
    schemes = [each for each in (operation.security, *operation.alternatives) if each]
    if any(each.challenge is None or len(each.schemes) > 1 for each in schemes):
        return set()
    return {each.challenge.lower() for each in schemes if each.challenge}


def leaks(answer: Answer) -> list[Finding] | None:
    """AUT-09: a refusal tells nothing but the refusal."""
    if not _has_form(answer) or answer.exchange.response is None:
        return None
    revealed = _revealed(answer, answer.exchange.response.body)
    if not revealed:
        return []
    expected = "a refusal that tells nothing but the refusal"
    return [Finding(expected, f"it carries {', '.join(revealed)}", answer.shown)]


def version_in_refusals(refusal: Exchange, accepted: Exchange) -> list[Finding]:
    """AUT-09: no header of a refusal names a version that other answers keep to themselves."""
    revealed = _versions(refusal.response) - _versions(accepted.response)
    return _version_finding(revealed, refusal)


def version_everywhere(refusal: Exchange, accepted: Exchange) -> list[Finding]:
    """AUT-16: no header names a version, in refusals and in other answers alike."""
    revealed = _versions(refusal.response) & _versions(accepted.response)
    return _version_finding(revealed, refusal)


def _version_finding(revealed: set[str], refusal: Exchange) -> list[Finding]:
    if not revealed:
        return []
    text = f"the headers name {', '.join(sorted(revealed))}"
    return [Finding("headers that name no version of the server's software", text, (refusal,))]


def _has_form(answer: Answer) -> bool:
    """Whether it is a refusal by the API, with a body."""
    has_body = answer.exchange.request.method != "HEAD"
    return answer.is_refusal and has_body and not answer.is_from_edge


def _has_error_type(answer: Answer) -> bool:
    errors = answer.operation.errors
    return errors is not None and isinstance(pointer.get(answer.exchange.json, errors.type), str)


def _envelope(answer: Answer) -> list[Finding]:
    errors = answer.operation.errors
    assert errors is not None
    documented = errors.types.get(answer.status)
    # Beside the document's paths and methods a router may answer in a form of its own: see ROB-08.
    is_router_s = not answer.is_documented and not _has_error_type(answer)
    if documented is None or is_router_s:
        return []

    actual = pointer.get(answer.exchange.json, errors.type)
    if actual in documented:
        return _incomplete(answer)
    text = "no error type" if actual is pointer.MISSING else repr(actual)
    expected = f"{errors.type} {' or '.join(documented)} with {answer.status}"
    return [Finding(expected, text, answer.shown)]


def _incomplete(answer: Answer) -> list[Finding]:
    """What is wrong with an envelope that has the right type."""
    if answer.described is None:
        return []
    if answer.media_problem is not None:
        expected = f"the documented envelope as {' or '.join(answer.described.media)}"
        return [Finding(expected, answer.media_problem, answer.shown)]
    if answer.described.validator.is_valid(answer.exchange.json):
        return []
    problem = next(iter(answer.described.validator.iter_errors(answer.exchange.json)))
    return [Finding("the documented envelope", str(problem.message)[:300], answer.shown)]


def _without_envelope(answer: Answer) -> str:
    return f"status {answer.status} without it, {named_by(answer.exchange)}"


def _revealed(answer: Answer, body: bytes) -> list[str]:
    revealed = [*answer.exchange.echoed]
    body = ESCAPED.sub(b"\n", body)
    if TRACE.search(body):
        revealed.append("a stack trace")
    elif PATHS.search(body):  # a trace names files, so that their paths are not revealed again
        revealed.append("a path of the server")
    if DATABASE.search(body):
        revealed.append("a database's error")
    if VERSION.search(body.decode("utf-8", "replace")):
        revealed.append("a version of the server's software")
    if answer.rows not in (pointer.MISSING, None, []):
        revealed.append("rows")
    return revealed


def _versions(response: Response | None) -> set[str]:
    if response is None:
        return set()
    values = [response.header(name) for name in BANNERS]
    return {value for value in values if value is not None and VERSION.search(value)}
