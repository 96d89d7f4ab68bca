"""Every fault is seen from outside, and a region that does not wear it stays healthy."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from conformance.client.credentials import EDITS, edited
from conformance.mock.messages import Call
from conformance.mock.registry import FAULTS
from tests.support.mock_requests import authorization, page, seen, service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.mock.service import Service
    from tests.support.mock_requests import Seen

INTEGERS = [
    "0",
    "-1",
    "-5",
    "101",
    "120",
    "121",
    "1000",
    "abc",
    "5abc",
    "5,10",
    "10.5",
    "10.0",
    "1e1",
    "1_0",
    "%2B10",
    "%20%31%30",
    "%EF%BC%91",
    "31%20",
    "2147483648",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "true",
    "18446744073709551616",
]
AGENTS = [
    "",
    "0",
    "null",
    "999999",
    "1'",
    "%00",
    "*",
    "%25",
    "1%20OR%201=1",
    "9" * 300,
    "42x",
    "31x",
]
ODD = ["x=1", "limit[]=1", "x=" + "a" * 3000, "limit=1&x=%00", "limit=1&x=%zz", "limit=1&x=%ff"]
MIXED = [
    "limit=3&limit=5",
    "limit=3&limit=5",
    "offset=3&offset=5",
    "offset=2&limit=3",
    "limit=3&offset=2",
    "%6Cimit=3",
]
METHODS = ("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def probes(served: Service) -> list[Call]:
    """A small set of calls, some of which each fault answers otherwise than a healthy service."""
    return [
        *_windows(served),
        *_values(served),
        *_credentials(served),
        *_requests(served),
        *_small_regions(served),
        *_keys(served),
        *_doors(served),
        *_clients(served),
        *_resources(served),
        *_writes(served),
    ]


def _keyed(
    served: Service, query: str = "", method: str = "GET", path: str = "/v1/batch-calls"
) -> Call:
    return Call(method, path, query, (authorization(f"Bearer {served.key}"),))


def _windows(served: Service) -> Iterator[Call]:
    total = served.store.total()
    agents = [
        row[0] for row in served.store.query("SELECT DISTINCT agent_id FROM batch_calls ORDER BY 1")
    ]
    for limit, offset in product(
        (1, 7, 20, 37, 60, 100), (0, 1, 41, total - 8, total - 2, total - 1, total, total + 5)
    ):
        yield _keyed(served, f"limit={limit}&offset={offset}")
    yield from (_keyed(served, f"limit={limit}") for limit in (1, 37, 60, 100))
    yield from (_keyed(served, f"offset={offset}") for offset in (3, 40))
    for agent in agents:
        yield from (
            _keyed(served, f"agent_id={agent}{more}")
            for more in ("", "&limit=5&offset=6", "&offset=1")
        )
        yield _keyed(served, f"limit=3&agent_id={agent}")
        yield _keyed(served, f"agent_id={agent}&offset=1&limit=3")
        yield _keyed(served, f"agent_id=-{agent}")
        yield _keyed(served, f"agent_id={agent}&offset=1000")
        yield _keyed(served, f"agent_id={agent}&limit={min(100, served.store.total(agent))}")
        deep = served.store.total(agent) * 3 // 4
        yield _keyed(served, f"agent_id={agent}&offset={deep}&limit=3")
        yield _keyed(served, f"agent_id={agent}&offset={deep}&limit=100")
        yield _keyed(served, f"agent_id={agent}&limit=0")
        yield from (_keyed(served, f"agent_id={agent}{tail}") for tail in (".5", "%00"))
    yield _keyed(served, "agent_id=" + ",".join(map(str, agents)))
    yield _keyed(served, f"agent_id={agents[0]}..{agents[-1]}")


def _values(served: Service) -> Iterator[Call]:
    yield from (
        _keyed(served, f"{name}={value}")
        for name in ("limit", "offset")
        for value in ("", *INTEGERS)
    )
    yield from (_keyed(served, f"agent_id={value}") for value in (*AGENTS, *INTEGERS))
    yield from (_keyed(served, query) for query in (*ODD, *MIXED))


def _credentials(served: Service) -> Iterator[Call]:
    key, bearer = served.key.encode(), b"Bearer " + served.key.encode()
    wrong = [bearer[:-1], bearer[:20], bearer[:33] + b"a" * 10, bearer + b"x", bearer.swapcase()]
    wrong += [
        b"Bearer " + b"x" * len(key),
        b"Bearer x",
        b"Bearer ",
        b"Bearer",
        b"",
        b"nospace",
        b"Bearer \xff",
    ]
    wrong += [b"Bearer " + b"a" * 9000, b"Bearer " + served.other_key.encode()]
    wrong += [
        b"bearer " + key,
        b"BEARER " + key,
        b"Token " + key,
        b"ApiKey " + key,
        b"Basic " + key,
    ]
    wrong += [b"Bearer Bearer " + key, b"Bearer <token>"]
    wrong += [b"Basic " + b64encode(key + b":"), key, b"Bearer" + key]
    yield from (Call(headers=(authorization(value),)) for value in wrong)
    yield from (
        Call(headers=(authorization(bearer), authorization(other)))
        for other in (bearer, b"Bearer x")
    )
    yield from (
        Call(query=query) for query in ("", "limit=0", "limit=1", "offset=3", "agent_id=42")
    )
    yield from (Call(query=f"{name}={served.key}") for name in ("access_token", "api_key"))
    yield Call(headers=((b"cookie", b"session=" + key),))
    yield Call(headers=((b"x-auth-token", key),))
    yield Call(headers=((b"origin", b"null"),))
    yield _keyed(served, "limit=3", "HEAD")
    yield Call(body=b'{"key": "' + key + b'"}')
    yield from (Call(method=method) for method in METHODS)


def _requests(served: Service) -> Iterator[Call]:
    for method in METHODS:
        yield from (_keyed(served, method=method), _keyed(served, "limit=1"))
    yield _keyed(served, path="/v1/nothing")
    headers = (authorization(f"Bearer {served.key}"), (b"content-type", b"application/json"))
    yield Call(query="limit=3", headers=headers, body=b"{}")
    yield Call(query="agent_id=42&limit=3", headers=headers, body=b"{}")
    yield from (_keyed(served, "limit=3") for _ in range(60))


def _small_regions(served: Service) -> Iterator[Call]:
    """Windows where a fault shows that leaves the rest of the list alone."""
    for limit, offset in ((43, 20), (5, 17), (5, 40), (12, 33), (50, 25)):
        yield _keyed(served, f"limit={limit}&offset={offset}")
    for (agent,) in served.store.query("SELECT DISTINCT agent_id FROM batch_calls"):
        yield _keyed(served, f"offset=2&limit=5&agent_id={agent}")
        yield Call(query=f"agent_id={agent}")
    yield Call(query="offset=40")


def _keys(served: Service) -> Iterator[Call]:
    """Keys that are nearly right."""
    names = [name for name in EDITS if name not in ("user", "password")]
    names += [f"position {number}" for number in range(len(served.key))]
    for name in names:
        yield Call(headers=(authorization(f"Bearer {edited(served.key, name)}"),))


DOORS = ("/v1//batch-calls", "/V1/BATCH-CALLS", "/v1/./batch-calls")
SORTS = ("", "&sort=count", "&sort=-count", "&sort=-id")
BESIDE = ("/", ".json", ";v=1")


def _doors(served: Service) -> Iterator[Call]:
    """Every way in for strangers."""
    yield from (Call(path=path) for path in (*DOORS, *(f"/v1/batch-calls{end}" for end in BESIDE)))
    yield Call(version="1.0")
    fields = {
        b"x-forwarded-for": b"127.0.0.1",
        b"x-real-ip": b"127.0.0.1",
        b"forwarded": b"for=127.0.0.1",
        b"x-original-url": b"/v1/batch-calls",
        b"range": b"bytes=0-9",
        b"if-none-match": b"*",
        b"origin": b"https://app.example",
        b"cookie": b"admin=true",
        b"user-agent": b"kube-probe/1.30",
        b"host": b"localhost",
    }
    yield from (Call(headers=(field,)) for field in fields.items())
    yield from (Call(query=query) for query in ("debug=1", "callback=f"))
    yield from (_keyed(served, "limit=4"), Call(query="limit=4"))


def _clients(served: Service) -> Iterator[Call]:
    """The same request as different clients send it."""
    key = authorization(f"Bearer {served.key}")
    for name, value in (
        (b"user-agent", b"curl/8.5.0"),
        (b"user-agent", b"Mozilla/5.0"),
        (b"accept", b"*/*"),
        (b"accept", b"text/html,*/*;q=0.8"),
        (b"accept-encoding", b"identity"),
        (b"accept-language", b"de"),
        (b"connection", b"close"),
        (b"cookie", b"a=b"),
        (b"if-none-match", b'"none"'),
        (b"origin", b"https://app.example"),
    ):
        yield Call(query="limit=3", headers=(key, (name, value)))
    yield Call(query="limit=3", headers=(key,), version="1.0")


def _resources(served: Service) -> Iterator[Call]:
    """Single resources, there and not, and the other list."""
    numbers = [
        row[0] for row in served.store.query("SELECT id FROM batch_calls ORDER BY id LIMIT 8")
    ]
    names = [row["conversation_id"] for row in served.resources.conversations.of()[:8]]
    paths = [
        f"/v1/batch-calls/{number}{end}" for number in (*numbers, 1) for end in ("", "/metrics")
    ]
    paths += [
        f"/v1/conversations/{name}{end}" for name in (*names, "none") for end in ("", "/recording")
    ]
    for path in paths:
        yield from (_keyed(served, path=path), Call(path=path), Call(path=f"{path}/"))
        yield Call(path=path, headers=(authorization("Bearer other"),))
        yield from (Call(path=path, query=f"{at}={served.key}") for at in ("access_token", "token"))
    for odd in ("abc", f"{numbers[0]}abc", "9" * 20):
        for end in ("", "/metrics"):
            yield _keyed(served, path=f"/v1/batch-calls/{odd}{end}")
    yield _keyed(served, path=paths[0], method="PATCH")
    total = len(served.resources.conversations.of())
    agent = served.resources.conversations.of()[0]["agent_id"]
    for query in ("limit=3", "limit=3&offset=5", f"offset={total - 25}", f"agent_id={agent}", ""):
        yield _keyed(served, query, path="/v1/conversations")


def _writes(served: Service) -> Iterator[Call]:
    """An order that is created twice by one key, replaced twice and deleted, where there are orders."""
    if served.orders is None:
        return
    number = max(served.orders.kept) + 1
    key, body = authorization(f"Bearer {served.key}"), b'{"count": 3}'
    create = Call("POST", "/v1/orders", "", (key, (b"idempotency-key", b"one")), body)
    item = f"/v1/orders/{number}"
    read = [
        _keyed(served, path=item),
        *(_keyed(served, f"limit=100{sort}", path="/v1/orders") for sort in SORTS),
        _keyed(served, path=f"/v1/orders/{min(served.orders.kept)}/lines"),
        Call("GET", item, "", (key, (b"if-none-match", b'"no-such-tag"'))),
    ]
    put = Call("PUT", item, "", (key,), body)
    yield from (create, *read, create, *read, put, *read, put, *read)
    yield from (_keyed(served, method="DELETE", path=item), *read)


@cache
def healthy(region: str, *entries: str) -> tuple[list[Call], list[Seen]]:
    """The probes of a region, and what it answers when healthy; with `orders` it has those too."""
    served = service(*entries, region=region)
    calls = probes(served)
    return calls, [seen(served.respond(call)) for call in calls]


def differences(name: str, region: str) -> int:
    """How many probes a region that was asked to wear a fault answers otherwise."""
    entry = FAULTS.get(name)
    beside = ("orders",) if entry and entry.writes else ()
    served = service(*beside, name, region=region)
    return sum(
        seen(served.respond(call)) != usual
        for call, usual in zip(*healthy(region, *beside), strict=True)
    )


def test_a_healthy_region_always_answers_the_same() -> None:
    """Two healthy services give the same answers to the same calls, so a difference is
    the fault's.
    """
    assert differences("filter-ignored@india", "global") == 0
    assert {answer[0] for answer in healthy("global")[1]} == {200, 400, 401, 404, 405}


def test_every_fault_is_seen_from_outside() -> None:
    """Some probe is answered otherwise than by a healthy service."""
    unseen = [
        fault.name for fault in FAULTS.values() if not differences(fault.name, fault.regions[0])
    ]
    assert unseen == []


def test_a_fault_of_one_region_leaves_the_other_healthy() -> None:
    """A parity fault changes nothing in the other region."""
    of_india = [name for name, fault in FAULTS.items() if fault.regions == ("india",)]
    assert [name for name in of_india if differences(name, "global")] == []


def test_faults_compose() -> None:
    """Two faults at once show both, each in its region."""
    served = service("total-one-too-many", "name-missing@global", "id-a-string@india")
    row, total = _first(served)
    assert (total, "name" in row, type(row["id"])) == (138, False, int)
    row, total = _first(
        service("total-one-too-many", "name-missing@global", "id-a-string@india", region="india")
    )
    assert (total, "name" in row, type(row["id"])) == (62, True, str)


def _first(served: Service) -> tuple[dict[str, object], int]:
    found = page(served)
    return found["data"][0], found["total"]
