"""Deployments: what stands around servers in the field, and what the suite must say of each.

Each puts a front before region global of the bundled mock, or servers that are not there; the
verdict, the exit code and the words of the verdict's line are what an operator would expect.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from conformance.contract.load import spec_directory
from conformance.mock import orders
from conformance.mock.fronts import FRONTS

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFORMANT, NONCONFORMANT, UNVERIFIED = "conformant", "nonconformant", "unverified"
TIME = r"\d\d:\d\d:\d\d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """A situation, and the result that it deserves.

    `front` stands before region global; none: the mock alone. `faults` are those of the mock,
    `settings` those of the run. Every pattern of `words` must be found in the verdict's line, and
    only requirements of `fails` may fail.
    """

    name: str
    sentence: str
    verdict: str = CONFORMANT
    words: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()
    front: str | None = None
    program: str | None = None  # a real server in the front's place, where it is installed
    faults: tuple[str, ...] = ()
    rows: int | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    dead: bool = False  # region global is not there at all


def _behind(front: str, **more: Any) -> Deployment:
    """A deployment that is named as its front."""
    return Deployment(name=front, sentence=FRONTS[front].sentence, front=front, **more)


def _real(program: str, sentence: str, **more: Any) -> Deployment:
    return Deployment(name=f"real-{program}", sentence=sentence, program=program, **more)


def _moving(variant: str, sentence: str, **more: Any) -> Deployment:
    return Deployment(name=variant, sentence=sentence, faults=(variant,), **more)


_SHORT = {"timeout": 2.0}
# All that so few requests are enough for.
ONE_DOCUMENT = {
    "spec": (spec_directory() / "openapi.yaml",),
    "overlay": (spec_directory() / "overlay.yaml",),
}
# Other laws of lists see them move while writes are judged.
ORDERS = {
    "spec": (orders.DOCUMENT,),
    "overlay": (),
    "only": ("RES-*", "FIL-08", "FIL-09", "SCH-13", "ROB-06"),
}
# Moving lists of a far server: what moves too fast to be told may stay open.
OPEN = f"{CONFORMANT} or {UNVERIFIED}"
BUSY = {
    "rows-added-twenty-a-second": ("Twenty rows a second come at the head", OPEN),
    "rows-added-in-bursts": ("Rows come at the head fifty at a time", OPEN),
    "rows-purged": ("The oldest rows go, many at a time", OPEN),
    "row-comes-and-goes": ("Twice a second a row comes or goes, always the same", OPEN),
    "order-by-activity": ("Rows move to the head when something happens to them", OPEN),
    "status-changes": ("The status of rows changes", CONFORMANT),
    "rows-with-heartbeats": ("Each row says when it was last looked at", CONFORMANT),
    "names-edited": ("Rows get other names", CONFORMANT),
}
_WRONG_URL = r"is the URL of region global right\?"
_ALL = (
    # quotas
    *(
        _behind(name)
        for name in (
            "quota-in-seconds",
            "quota-as-a-date",
            "quota-with-a-reset-header",
            "quota-without-a-time",
            "quota-with-a-nonsensical-time",
            "key-guessing-is-throttled",
        )
    ),
    _behind(
        "quota-of-the-day",
        verdict=UNVERIFIED,
        words=(r"global .* asks to wait 2,000 s \(429, Retry-After\)", r"of about [\d,]+ planned"),
    ),
    _behind(
        "quota-of-a-slow-minute",
        settings={"max_time": 60.0, **ONE_DOCUMENT},
        words=(
            r"global was asked about [\d,]+ of [\d,]+ planned requests: a quota of about \d+ a minute",
        ),
    ),
    Deployment(
        name="few-requests-allowed",
        sentence="Each region may be sent 800 requests.",
        settings={"max_requests": 800},
        words=(r"asked about [\d,]+ of [\d,]+ planned requests: --max-requests 800",),
    ),
    _behind("token-bucket"),
    _behind("limited-at-random"),
    # outages
    _behind(
        "unavailable-for-two-seconds",
        verdict=NONCONFORMANT,
        fails=("ROB-06",),
        words=(rf"global was unavailable: [\d,]+ of [\d,]+ answers \(503\), {TIME}",),
    ),
    _behind(
        "restarted-with-bad-gateways",
        verdict=NONCONFORMANT,
        fails=("ROB-06",),
        words=(r"global was unavailable: [\d,]+ of [\d,]+ answers \(502\)",),
    ),
    _behind(
        "connections-reset-for-a-second",
        verdict=NONCONFORMANT,
        fails=("ROB-06",),
        words=(r"global was unavailable: [\d,]+ of [\d,]+ answers \(no answer\)",),
    ),
    _behind(
        "bad-gateway-now-and-then",
        verdict=NONCONFORMANT,
        fails=("ROB-06",),
        words=(r"global failed now and then: [\d,]+ of [\d,]+ answers \(502\)",),
    ),
    _behind(
        "timeout-of-the-gateway-now-and-then",
        verdict=NONCONFORMANT,
        fails=("ROB-06",),
        words=(r"global failed now and then: [\d,]+ of [\d,]+ answers \(504\)",),
    ),
    _behind(
        "maintenance-page",
        verdict=NONCONFORMANT,
        fails=("ROB-06",),
        words=(rf"global .*[\d,]+ of [\d,]+ answers \(200 .*page.*\), {TIME}",),
    ),
    _behind(
        "deep-pages-time-out",
        verdict=NONCONFORMANT,
        fails=("ROB-06",),
        words=(
            r"global fails for offset \d+ and above \(answered up to 8\d\).*[\d,]+ of [\d,]+ answers \(504\)",
        ),
    ),
    _behind(
        "three-requests-at-once",
        verdict=NONCONFORMANT,
        fails=("ROB-06",),
        words=(r"global failed now and then: [\d,]+ of [\d,]+ answers \(503\)",),
    ),
    _behind(
        "one-bad-node-of-three",
        verdict=NONCONFORMANT,
        fails=("ROB-06",),
        words=(r"global failed now and then: [\d,]+ of [\d,]+ answers \(500\)",),
    ),
    _behind(
        "one-node-without-the-key",
        verdict=NONCONFORMANT,
        fails=("ROB-06", "AUT-01"),
        words=(r"global refused the key: [\d,]+ of [\d,]+ answers \(401\)",),
    ),
    _behind(
        "key-rotated-with-a-gap",
        verdict=NONCONFORMANT,
        fails=("ROB-06", "AUT-01"),
        words=(rf"global refused the key: [\d,]+ of [\d,]+ answers \(401\), .*{TIME}",),
    ),
    _behind("starting", settings={"wait_for": 30.0}),
    _behind(
        "never-up",
        verdict=UNVERIFIED,
        words=(r"global .* is unavailable: 503 \(.*server: edge-gw/2.1",),
    ),
    _behind("gone-for-good", verdict=UNVERIFIED, words=(rf"is unavailable since {TIME} ",)),
    _behind("key-revoked", verdict=UNVERIFIED, words=(rf"refuses the key since {TIME} \(401\)",)),
    Deployment(
        name="dead-region",
        sentence="Nothing listens where region global should be.",
        dead=True,
        verdict=UNVERIFIED,
        words=("global .* cannot be reached: the connection was refused",),
    ),
    # wrong addresses
    _behind(
        "redirect-to-another-host",
        verdict=UNVERIFIED,
        words=(r"answered 301 to https://api\.example\.test", _WRONG_URL),
    ),
    _behind("login-page", verdict=UNVERIFIED, words=("200 with a page for people", _WRONG_URL)),
    _behind("not-found-page", verdict=UNVERIFIED, words=("404 with a page", _WRONG_URL)),
    _behind("another-api", verdict=UNVERIFIED, words=("200 with JSON .* but service", _WRONG_URL)),
    _behind(
        "challenge-page",
        verdict=UNVERIFIED,
        words=(
            "answered 403 .*server: cloudflare.*Just a moment",
            "does a firewall block this client",
        ),
    ),
    _behind(
        "gateway-with-a-key-of-its-own",
        verdict=UNVERIFIED,
        words=(r"answered 403 .*(Forbidden|x-amzn)",),
    ),
    _behind("parked-domain", verdict=UNVERIFIED, words=("200 with a page", _WRONG_URL)),
    # edges
    _behind(
        "firewall",
        words=(r"[\d,]+ requests to global ended at its edge \(status .*server: edge-gw/2.1",),
    ),
    _behind(
        "gateway-with-narrow-limits",
        words=(r"[\d,]+ requests to global ended at its edge \(status .*server: edge-gw/2.1",),
    ),
    Deployment(
        name="firewall-held-to-the-document",
        sentence="The firewall again, where the edge must keep to the document.",
        front="firewall",
        settings={"edge": "strict"},
        verdict=NONCONFORMANT,
        fails=("SCH-*", "ROB-*", "FIL-06", "AUT-*", "PAG-*", "PAR-*"),
    ),
    _behind("gateway-that-adds-headers"),
    _behind("edge-that-compresses"),
    _behind(
        "gateway-that-refuses-a-body",
        verdict=NONCONFORMANT,
        fails=("ROB-04",),
        words=(r"in global \(ROB-04: .*status 400",),
    ),
    _behind(
        "gateway-with-a-small-buffer",
        verdict=NONCONFORMANT,
        fails=("ROB-06",),
        words=(r"global fails for (limit|rows) .*[\d,]+ of [\d,]+ answers \(502\)",),
    ),
    _behind(
        "firewall-that-blocks-the-valid",
        verdict=NONCONFORMANT,
        fails=("ROB-06",),
        words=(r"global answered \d+ plain requests with status 403 \(.*server: edge-gw/2.1",),
    ),
    _behind(
        "firewall-that-fails", verdict=NONCONFORMANT, fails=("SCH-06", "ROB-*", "FIL-06", "PAG-13")
    ),
    # the wire
    _behind(
        "hangs-in-one-of-twenty",
        verdict=NONCONFORMANT,
        fails=("ROB-06",),
        settings=_SHORT,
        words=(r"global left [\d,]+ of [\d,]+ requests \(.* %\) without an answer",),
    ),
    _behind(
        "hangs-once",
        settings=_SHORT,
        words=(r"global left 1 of [\d,]+ requests \(.* %\) without an answer",),
    ),
    _behind(
        "breaks-off-in-one-of-thirty",
        verdict=NONCONFORMANT,
        fails=("ROB-06",),
        words=(r"global left [\d,]+ of [\d,]+ requests .* without an answer",),
    ),
    _behind("slow"),
    _behind(
        "slow-and-far",
        settings={"profile": "smoke"},
        words=(r"global answers in \d\.\d s as a rule, \d+\.\d s at most",),
    ),
    _behind("slow-now-and-then", settings={"latency_budget": 1.0}, words=(r"SCH-09 \(global",)),
    _behind("closes-each-connection"),
    _behind("connections-end-after-seven"),
    _behind("idle-connections-are-dropped"),
    _behind("slow-after-idle"),
    _behind("requests-wait-their-turn"),
    _behind("upstream-of-http-1-0"),
    _behind("early-hints"),
    _behind("chunks-with-trailers"),
    _behind("one-late-clock-of-three"),
    # replicas, caches, deployments
    _behind(
        "replica-that-lags",
        verdict=NONCONFORMANT,
        fails=("PAG-08",),
        words=(r"global shows two versions of the list: [\d,]+ of [\d,]+ answers .*\(total 134\)",),
    ),
    _behind(
        "cache-that-forgets-the-key",
        verdict=NONCONFORMANT,
        fails=("AUT-*", "PAR-*"),
        words=(r"global serves answers from a cache to requests without the key \(X-Cache: HIT",),
    ),
    _behind("cache-that-keeps-nothing"),
    _behind(
        "cache-that-ignores-the-query",
        verdict=NONCONFORMANT,
        fails=("PAG-*", "FIL-*", "ROB-*", "PAR-*", "AUT-*"),
        words=(r"global .*cache .*X-Cache: HIT",),
    ),
    _behind(
        "blue-green-switch",
        verdict=NONCONFORMANT,
        fails=("SCH-*", "ROB-*", "AUT-*", "PAR-*"),
        words=(rf"global changed after {TIME}: ",),
    ),
    _behind(
        "rolling-deployment",
        faults=("clamping@global",),  # so that it differs from india for as long
        verdict=NONCONFORMANT,
        fails=("PAR-*",),
        words=(rf"global changed after {TIME}: .* answered 200 before and 400 since",),
    ),
    _behind(
        "foreign-row-in-one-of-sixty",
        verdict=NONCONFORMANT,
        fails=("PAG-*", "FIL-*", "ROB-09", "PAR-*"),
        words=(
            r"global gives rows that are not in the list: [\d,]+ of [\d,]+ answers .*987654321",
        ),
    ),
    # real servers
    _real("nginx", "nginx as it is installed, as a reverse proxy."),
    _real(
        "nginx-with-a-quota", "nginx that lets 60 requests through in a second, then 429 in HTML."
    ),
    _real("haproxy", "haproxy as it is installed, in HTTP mode."),
    _real("varnish", "varnish as it is installed, with its own rules."),
    # accounts
    _moving("row-added-at-the-head", "Rows come at the head of both lists."),
    _moving("row-deleted", "Rows go from both lists."),
    *(
        _moving(name, f"{sentence}; each answer takes 150 ms.", front="slow", verdict=verdict)
        for name, (sentence, verdict) in BUSY.items()
    ),
    Deployment(
        name="rows-come-behind-a-cache",
        sentence="Rows come at the head; answers are up to two seconds old.",
        front="cache-of-two-seconds",
        faults=("row-added-at-the-head",),
        verdict=NONCONFORMANT,
        fails=("PAG-08",),
        words=(r"global shows two versions of the list: .* answers carry X-Cache: HIT",),
    ),
    Deployment(
        name="account-without-rows",
        sentence="Both lists are empty.",
        rows=0,
        verdict=UNVERIFIED,
        words=(r"unverified: the list has no rows \(list-batch-calls, list-conversations in ",),
    ),
    Deployment(
        name="account-with-12-rows",
        sentence="Both lists have 12 rows.",
        rows=12,
        words=("not exercised: .*needs",),
    ),
)
DEPLOYMENTS: dict[str, Deployment] = {deployment.name: deployment for deployment in _ALL}
assert len(DEPLOYMENTS) == len(_ALL)
