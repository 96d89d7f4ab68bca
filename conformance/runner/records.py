"""What a run has in hand, as the records that the event stream carries: no key in them, bodies cut.

Exchanges, findings and judgements belong to client, laws and checks, which know nothing of the
stream.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.client.cookies import concealed
from conformance.client.placeholders import shown
from conformance.events import messages, model
from conformance.verdict.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.checks.evidence import Judgement
    from conformance.client import Exchange, Response
    from conformance.client.redaction import Redactor
    from conformance.events.model import Key
    from conformance.laws.finding import Finding

# Characters that a record keeps.
URL_SHOWN = 4_000
HEADER_SHOWN = 2_000
FINDING_SHOWN = 4_000
BODY_SHOWN = 16_384
RIM = 2_000  # characters behind them that are searched as well, so that a key at the end is whole
BODY_SEARCHED = BODY_SHOWN + RIM  # bytes

COMMANDS = 6  # requests of a finding that its command sends


def exchange_record(
    exchange: Exchange, redact: Redactor, check: str | None
) -> messages.ExchangeRecord:
    """The record of an exchange that a check asked for."""
    request, response = exchange.request, exchange.response
    fields = (*exchange.added, *request.headers)
    names = [name for name, _ in fields]
    values = [
        shown(concealed(name, value), exchange.secret)[:HEADER_SHOWN] for name, value in fields
    ]

    # All texts at once: as a rule none has a key in it, and one search of them together says so.
    url, curl, error, *rest = redact.each(
        [
            exchange.url[:URL_SHOWN],
            exchange.curl,
            str(exchange.error or ""),
            *values,
            *_texts(response),
        ]
    )
    sent, received = rest[: len(values)], rest[len(values) :]
    body = shown(request.body, exchange.secret) if request.body else None
    return messages.ExchangeRecord(
        id=exchange.id,
        region=exchange.region,
        operation=exchange.operation,
        check=check,
        started=exchange.started,
        seconds=round(exchange.seconds, 6),
        attempts=exchange.attempts,
        request=messages.SentRequest(
            request.method, url, tuple(zip(names, sent, strict=True)), body, curl
        ),
        response=_received(response, received) if response else None,
        error=error or None,
        # What arose on this side of the network is no silence of the server's.
        retried=tuple(str(lost) for lost in exchange.retried if not lost.kind.is_local),
        lapse=exchange.lapse,
    )


def _texts(response: Response | None) -> list[str]:
    """What a server may have written a key into: the body, the reason, the values of headers."""
    if response is None:
        return []
    # Bounded first, for the search takes as long as the text is; a key at the rim stays whole.
    body = response.body[:BODY_SEARCHED].decode("utf-8", "backslashreplace")
    fields = (text for name, value in response.headers for text in (name, concealed(name, value)))
    return [body, *(text[: HEADER_SHOWN + RIM] for text in (response.reason, *fields))]


def _received(response: Response, texts: list[str]) -> messages.ReceivedResponse:
    """The record of a response, its texts redacted, in the order of `_texts`."""
    body, reason, *fields = (texts[0], *(cut(text, HEADER_SHOWN) for text in texts[1:]))
    return messages.ReceivedResponse(
        status=response.status,
        reason=reason,
        http_version=response.version,
        headers=tuple(zip(fields[::2], fields[1::2], strict=True)),
        body=body[:BODY_SHOWN],
        size=len(response.body),
        truncated=len(body) > BODY_SHOWN or len(response.body) > BODY_SEARCHED,
    )


def finding_record(finding: Finding, redact: Callable[[str], str]) -> model.Finding:
    """The record of a finding, with the command that shows it again."""

    def bounded(text: str) -> str:
        # A finding may quote a text of megabytes.
        return cut(redact(text[: FINDING_SHOWN + RIM]), FINDING_SHOWN)

    return model.Finding(
        expected=bounded(finding.expected),
        actual=bounded(finding.actual),
        level=finding.level,
        note=bounded(finding.note) if finding.note else None,
        keeps=finding.keeps,
        breaks=finding.breaks,
        exchanges=tuple(exchange.id for exchange in finding.exchanges),
        asked=tuple(exchange.asked for exchange in finding.exchanges),
        at=bounded(finding.at) if finding.at else None,
        smallest=model.Smallest(redact(_curl(finding))) if finding.exchanges else None,
        walk=finding.walk,
        sides={region: bounded(text) for region, text in finding.sides.items()}
        if finding.sides
        else None,
        fails=finding.fails,
    )


def _curl(finding: Finding) -> str:
    """Every request that the finding rests on, in its order: a law about several needs them all."""
    exchanges = {id(exchange): exchange for exchange in finding.exchanges}
    return "; ".join([exchange.curl for exchange in exchanges.values()][:COMMANDS])


def judgement_record(
    judgement: Judgement, key: Key, check: str, seconds: float, redact: Redactor
) -> messages.Judgement:
    """The record of what a check has to say of one requirement; `seconds` is how long the check
    took.
    """
    requirement, operation, region = key
    unlisted = sorted(judgement.unlisted)
    return messages.Judgement(
        requirement=requirement,
        operation=operation,
        region=region,
        check=check,
        state=judgement.state,
        reason=judgement.reason,
        evidence=dict(judgement.evidence),
        seconds=round(seconds, 4),
        findings=tuple(finding_record(finding, redact) for finding in judgement.findings),
        omitted=judgement.omitted,
        unexercised=judgement.unexercised,
        sampled=judgement.sampled,
        exhausted=judgement.exhausted,
        unlisted=tuple(asked for asked, _ in unlisted),
        unlisted_at=tuple(redact(at) for _, at in unlisted),
        cases=tuple(sorted(judgement.cases)),
        deviating=tuple(judgement.deviating),
    )
