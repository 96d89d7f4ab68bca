"""The events of sample runs, each as the JSON that any other program would write."""

from __future__ import annotations

import json
from typing import Any

from tests.support.catalogue import catalogue

Event = dict[str, Any]

REGIONS = {
    "global": "https://api.voice.formantai.com",
    "india": "https://api.in.voice.formantai.com",
}
STARTED = "2026-11-24T02:14:07Z"
OPERATION = "list-batch-calls"


def exchange(name: str, region: str, query: str, body: Any, status: int, operation: str) -> Event:
    """An exchange as the client records it."""
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    url = f"{REGIONS.get(region, 'http://127.0.0.1:9')}/v1/{operation.removeprefix('list-')}{query}"
    key = f"$FORMANT_API_KEY_{region.upper()}"
    place = sum(map(ord, name)) % 47
    return {
        "event": "exchange",
        "id": name,
        "region": region,
        "operation": operation,
        "check": "conformance/checks/test_pagination.py::test_walk",
        "started": f"2026-11-24T02:14:{8 + place % 4:02}.{place:03}Z",
        "seconds": (0.030 if region == "global" else 0.064) + place / 1500,
        "attempts": 1,
        "request": {
            "method": "GET",
            "url": url,
            "headers": [["Accept", "application/json"], ["Authorization", f"Bearer {key}"]],
            "body": None,
            "curl": f"curl -sS '{url}' -H \"Authorization: Bearer {key}\"",
        },
        "response": {
            "status": status,
            "reason": "OK" if status == 200 else "Bad Request",
            "http_version": "1.1",
            "headers": [["Content-Type", "application/json"], ["X-RateLimit-Remaining", "48"]],
            "body": text,
            "size": len(text.encode("utf-8", "replace")),
            "truncated": False,
        },
        "error": None,
        "retried": [],
        "lapse": None,
    }


def row(number: int, name: str = "Spring Campaign") -> dict[str, Any]:
    """A row of the list."""
    return {
        "agent_id": 42,
        "created_at": f"2026-04-{1 + number % 28:02}T14:22:00Z",
        "id": 12_000 + number,
        "name": name,
        "scheduled_for": None,
        "status": "scheduled",
        "total_recipients": 1500,
        "updated_at": f"2026-05-{1 + number % 28:02}T08:45:00Z",
    }


def page(
    offset: int, rows: int, total: int, has_more: bool, name: str = "Spring Promotion Campaign"
) -> dict[str, Any]:
    """A page of the list."""
    data = [row(offset + place, name) for place in range(rows)]
    return {"data": data, "has_more": has_more, "total": total}


def judged(requirement: str, operation: str, region: str | None, evidence: dict[str, int]) -> Event:
    """A judgement that found nothing."""
    return {
        "event": "judgement",
        "requirement": requirement,
        "operation": operation,
        "region": region,
        "check": f"conformance/checks/test_{requirement[:3].lower()}.py::test_it[{operation}-{region}]",
        "state": "judged",
        "reason": None,
        "evidence": evidence,
        "seconds": 0.021,
        "findings": [],
        "omitted": 0,
    }


def finding(expected: str, actual: str, exchanges: list[str], **more: Any) -> dict[str, Any]:
    """A finding, with whatever else it has."""
    plain = {"level": None, "note": None, "keeps": None, "breaks": None, "smallest": None}
    return {"expected": expected, "actual": actual, "exchanges": exchanges} | plain | more


def header(operations: list[str], regions: list[str]) -> Event:
    """The header of a run over these operations and regions."""
    return {
        "event": "header",
        "schema": 1,
        "suite": "0.1.0",
        "run": "01JD8M4Q7T",
        "started": STARTED,
        "seed": 7421,
        "profile": "standard",
        "strict": False,
        "document": {
            "title": "formantai-openapi",
            "version": "1.0.0",
            "path": "spec/openapi.yaml",
            "overlay": "spec/overlay.yaml",
        },
        "regions": {
            name: {
                "url": REGIONS[name],
                "key": f"FORMANT_API_KEY_{name.upper()}",
                "latency_ms": 38.0 if name == "global" else 71.0,
                "rows": 137 if name == "global" else 61,
            }
            for name in regions
        },
        "config": {
            "target": "live",
            "profile": "standard",
            "workers": 8,
            "rate": None,
            "timeout": 10.0,
        },
        "catalogue": catalogue(),
        "operations": [
            {
                "id": name,
                "method": "GET",
                "path": f"/v1/{name}",
                "line": 6 + 30 * place,
                "traits": ["pagination"],
            }
            for place, name in enumerate(operations)
        ],
        "expected": [],
        "not_applicable": [],
        "waivers": [],
    }


def footer(requests: dict[str, int], **more: Any) -> Event:
    """The footer of a run that reached its end."""
    plain = {"stopped": None, "error": None}
    finished = {"finished": "2026-11-24T02:14:11.800Z", "duration_seconds": 4.8}
    return {"event": "footer", "requests": requests} | finished | plain | more
