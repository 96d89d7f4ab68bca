"""Region parity: the same request to every region; data differ, behaviour must not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from conformance.checks.filter_values import unmatched
from conformance.checks.generated import generated, is_all
from conformance.checks.lists import paging, window
from conformance.checks.marks import requirements
from conformance.checks.odd_identities import odd_paths
from conformance.checks.one_deviation import subjects
from conformance.checks.presenting import carrying
from conformance.checks.realised import as_drawn
from conformance.checks.regions import Pair, ask, compare, compare_status, request_of, with_sides
from conformance.checks.windows import out_of_bounds
from conformance.client.attempts import SAFE
from conformance.contract import pointer
from conformance.contract.described import property_names
from conformance.contract.media import json_schema
from conformance.contract.pagination import Role
from conformance.laws import parity as laws
from conformance.laws import parity_rows
from conformance.laws.edge import is_edge_refusal
from conformance.laws.finding import Finding
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.client import Request
    from conformance.contract.pagination import Parameter

COMPARED = 12  # requests at least: those that a pass needs, and some whose answers tell nothing
VALID = 6  # generated requests that are compared although the data of the regions differ
# Queries of which a document without parameters says nothing either.
UNKNOWN = ("unknown=1", "flag&&other")
METHODS = ("HEAD", "OPTIONS", "PROPFIND")
LENIENT = ("+10", "10.0", " 10")
# For each role values within and far beyond the bounds, and what is no value; the first ones show
# the most.
TREATED: dict[Role, tuple[Any, ...]] = {
    Role.SIZE: (-1, 1, "AAA", 2**63, ""),
    Role.START: (0, 10**6, "AAA", 2**31, 2**63),
    Role.NUMBER: (1, 10**6, "AAA", 2**31, 2**63, 2**64, ""),
}


@requirements("PAR-01", "PAR-05", "PAR-02")
def test_statuses(sender: Sender, evidence: Evidence) -> None:
    """The same status and the same refusal for the same request, valid or not."""
    requests = [
        *_generated(sender),
        *_odd_parameters(sender),
        *_credentials(sender),
        *_methods(sender),
    ]
    if len(requests) < COMPARED:
        others = [one for one in _further(sender) if one not in requests]
        requests += others[: COMPARED - len(requests)]
    pairs = ask(sender, requests)
    if is_all(sender, [exchange for pair in pairs for exchange in pair.values()]):
        evidence.exhausted("PAR-01", "PAR-02", "PAR-05")
    for pair in pairs:
        if not _is_matter_of_data(sender.context, pair):
            _judge_status(sender, evidence, pair)


def _generated(sender: Sender) -> list[Request]:
    """The generated requests with a single invalid value, and few valid ones, as they were drawn:
    filters and windows are each region's own.
    """
    cases = generated(sender.context)
    invalid = [case.request for case in cases if not case.valid]
    rewritten = subjects(invalid, sender.operation)
    return [
        *sender.few(as_drawn(cases)[:VALID], 1),
        *(request for request in invalid if request not in rewritten),
    ]


def _unknown(context: Context) -> list[str]:
    """Queries of parameters that nobody has."""
    return [*UNKNOWN, context.brackets]


def _further(sender: Sender) -> list[Request]:
    """What a smoke run leaves out where there is more to ask."""
    requests = [sender.request(raw_query=query) for query in _unknown(sender.context)]
    requests += as_drawn(generated(sender.context))
    return requests + [sender.request(method=method) for method in METHODS]


def _odd_parameters(sender: Sender) -> list[Request]:
    requests = [
        sender.request(raw_query=query) for query in sender.few(_unknown(sender.context), 1)
    ]
    requests += [sender.request(pair) for pair in unmatched(sender.context)]
    requests += [sender.request(path=path) for path in sender.few(odd_paths(sender.operation), 1)]
    requests += [sender.request((name, "")) for name in sender.few([*sender.operation.filters], 0)]
    size = sender.operation.pagination and sender.operation.pagination.parameter(Role.SIZE)
    if size:
        requests.append(sender.request((size.name, 3), (size.name, 5)))
        requests += [sender.request((size.name, form)) for form in sender.few(LENIENT, 2)]
        requests.append(sender.anonymous((size.name, "AAA")))
    return requests


def _credentials(sender: Sender) -> list[Request]:
    security = sender.operation.security
    if security is None:
        return []
    wrong = [security.unknown, *(entry.presentation for entry in security.other_schemes[:1])]
    return [
        sender.anonymous(),
        *(carrying(sender.anonymous(), presentation) for presentation in wrong),
    ]


def _methods(sender: Sender) -> list[Request]:
    """Methods and a path beside the documented ones, which are refused as a rule."""
    requests = [sender.request(method=method) for method in sender.few(METHODS, 2)]
    requests.append(sender.request(path=sender.context.unknown_path))
    if sender.settings.unsafe:
        requests.append(sender.request(method="PATCH", body="{}"))
    return requests


def _is_matter_of_data(context: Context, pair: Pair) -> bool:
    """What a filter value matches, or a path names, is a matter of data, and so is 200 against 404
    (docs: errors).

    What stands before a region is no part of it.
    """
    request = request_of(pair)
    errors = context.operation.errors
    if request.edge or any(is_edge_refusal(exchange, errors) for exchange in pair.values()):
        return True
    if any(exchange.status == 429 for exchange in pair.values()):
        return True  # a matter of what was asked before
    if request.method not in SAFE and any(exchange.lapse for exchange in pair.values()):
        return True  # of the moment: nobody sends it again to see
    asked = parse_qsl(request.query_string, keep_blank_values=True)
    if any((name, str(value)) in asked for name, value in unmatched(context)):
        return False  # which no account has
    is_filtered = any(name in context.operation.filters for name, _ in asked)
    is_of_data = is_filtered or "{" in context.operation.path
    return is_of_data and {exchange.status for exchange in pair.values()} <= {200, 404}


def _judge_status(sender: Sender, evidence: Evidence, pair: Pair) -> None:
    differs = compare_status(sender, evidence, "PAR-01", "status", pair)
    if differs or not all(400 <= exchange.status < 500 for exchange in pair.values()):
        return
    errors = sender.operation.errors
    what = "refusal (error type, challenge, Allow)"
    compare(sender, evidence, "PAR-05", what, pair, lambda exchange: laws.refusal(exchange, errors))
    if request_of(pair).method != "HEAD":
        compare(sender, evidence, "PAR-02", "shape of an error", pair, laws.skeleton)


@requirements("PAR-02", "PAR-04", "PAR-07", "PAR-08")
def test_shapes(sender: Sender, evidence: Evidence) -> None:
    """The same keys and types, the same order, timestamps and words; other rows."""
    trait = sender.operation.pagination
    request = window(sender.context, trait.maximum_size, 0) if trait else sender.request(plain=True)
    [pair] = ask(sender, [request])
    if any(not exchange.ok for exchange in pair.values()):
        evidence.unjudged("PAR-02", "a region gave no 2xx to compare")
        return
    rows = {
        region: pointer.get(exchange.json, trait.rows_pointer) if trait else [exchange.json]
        for region, exchange in pair.items()
    }
    if any(not isinstance(listed, list) for listed in rows.values()):
        return

    are_all_filled = all(rows.values())
    shapes = laws.envelope(pair, _optional(sender.context)) + parity_rows.shapes(pair, rows)
    _judge(sender, evidence, "PAR-02", pair, shapes, comparisons=2 if are_all_filled else 0)
    words = sender.operation.row.words
    forms = parity_rows.orders(pair, rows) + parity_rows.forms(pair, rows, words)
    _judge(sender, evidence, "PAR-04", pair, forms, comparisons=1 if are_all_filled else 0)
    headers = laws.headers(pair, sender.contract.compared_headers)
    _judge(sender, evidence, "PAR-08", pair, headers, comparisons=1)
    _judge_residency(sender, evidence, pair, rows)


def _optional(context: Context) -> set[str]:
    """The properties of an answer that its schema names and does not require: they may
    come and go.
    """
    schema = context.contract.resolve(json_schema(context.operation.responses))
    if not isinstance(schema, dict):
        return set()
    return set(property_names(schema, context.contract.resolve)) - set(schema.get("required") or ())


def _judge(
    sender: Sender,
    evidence: Evidence,
    requirement: str,
    pair: Pair,
    findings: list[Finding],
    *,
    comparisons: int,
) -> None:
    sides = [with_sides(sender.context, finding, pair) for finding in findings]
    evidence.judge(requirement, sides, comparisons=comparisons)


def _judge_residency(sender: Sender, evidence: Evidence, pair: Pair, rows: dict[str, Any]) -> None:
    if sender.operation.pagination is None:
        # Two answers may well be alike: a state, a count of nothing.
        evidence.unjudged("PAR-07", "the operation lists no rows", "not_applicable")
        return
    bases = {client.base for client in sender.clients.values()}
    if sender.settings.shared_data or len(bases) < len(sender.clients):
        evidence.unjudged(
            "PAR-07", "the regions are configured to share their data", "not_applicable"
        )
        return
    fewest = min(len(listed) for listed in rows.values())
    evidence.judge("PAR-07", laws.shared(pair, rows), rows=fewest)


@requirements("PAR-03")
def test_bounds(sender: Sender, evidence: Evidence) -> None:
    """The same defaults, and the same treatment of every bound."""
    cases = sender.few(_treated(sender.context), 5)
    requests = [sender.request((parameter.name, value)) for parameter, value in cases]
    for pair in ask(sender, requests):
        compare_status(sender, evidence, "PAR-03", "treatment", pair)

    size = paging(sender.context).parameter(Role.SIZE)
    lengths = [sender.request(plain=True)]
    if size:
        lengths.append(sender.request((size.name, paging(sender.context).maximum_size + 1)))
    for pair in ask(sender, lengths):
        findings = _same_length(sender.context, pair)
        if findings:
            # An answer that another check had is older than the other region's.
            [now] = ask(sender, [request_of(pair)], again=True)
            findings = _same_length(sender.context, now)
        evidence.judge("PAR-03", findings, comparisons=1)


def _treated(context: Context) -> list[tuple[Parameter, Any]]:
    """Values of each parameter that regions must treat alike, those right outside of its bounds
    first.
    """
    trait = paging(context)
    cases: list[tuple[Parameter, Any]] = [*out_of_bounds(trait)]
    for parameter in trait.parameters:
        if parameter.maximum is not None:
            cases.append((parameter, parameter.maximum))
        cases += [(parameter, value) for value in TREATED.get(parameter.role, ())]
    return list(dict.fromkeys(cases))


def _same_length(context: Context, pair: Pair) -> list[Finding]:
    """How many rows a page has where there are more than it shows."""
    lengths: dict[str, int] = {}
    for region, exchange in pair.items():
        seen = read_page(exchange, context.operation, 0, 0)
        if seen is None or seen.total is None or seen.total <= len(seen.rows):
            return []
        lengths[region] = len(seen.rows)
    if len(set(lengths.values())) == 1:
        return []
    return [Finding("the same number of rows", laws.said(lengths), tuple(pair.values()))]


@requirements("PAR-06")
def test_foreign_key(sender: Sender, evidence: Evidence) -> None:
    """A key of one region is refused by the other."""
    secrets = next(iter(sender.clients.values())).secrets
    are_shared = len({secret.value for secret in secrets.values()}) < len(secrets)
    if sender.settings.shared_keys or are_shared:
        evidence.unjudged("PAR-06", "the regions share a key", "not_applicable")
        return
    for region in sender.clients:
        for home in sender.clients:
            if home != region:
                exchange = sender.send(sender.request(key=home), region=region)
                evidence.judge("PAR-06", laws.foreign(exchange, region, home), keys=1)
