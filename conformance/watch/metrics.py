"""The figures of the last round in OpenMetrics: as text, as a file, and on loopback."""

from __future__ import annotations

import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from conformance.verdict.report import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.verdict.report import Report

TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8"
EMPTY = "# EOF\n"


def open_metrics(report: Report) -> str:
    """The exposition of a report; of failures and lost regions each is a series."""
    return "\n".join([*_lines(report), "# EOF"]) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield "# TYPE conformance_verdict stateset"
    for verdict in ("conformant", "nonconformant", "unverified"):
        yield _sample("conformance_verdict", report.verdict == verdict, conformance_verdict=verdict)
    yield "# TYPE conformance_results gauge"
    for outcome in OUTCOMES:
        yield _sample("conformance_results", report.counts[outcome], outcome=outcome)
    yield "# TYPE conformance_failing gauge"
    for result in report.having("failed", "warned"):
        facts = {"operation": result.operation, "region": result.region or ""}
        yield _sample(
            "conformance_failing", 1, requirement=result.requirement, level=result.level, **facts
        )
    yield "# TYPE conformance_requests gauge"
    for region, count in report.requests.items():
        yield _sample("conformance_requests", count, region=region)
    yield "# TYPE conformance_run_seconds gauge"
    yield "# UNIT conformance_run_seconds seconds"
    yield _sample("conformance_run_seconds", report.duration_seconds)
    yield "# TYPE conformance_started_seconds gauge"
    yield "# UNIT conformance_started_seconds seconds"
    yield _sample("conformance_started_seconds", _started(report))


def _started(report: Report) -> float:
    return datetime.fromisoformat(report.started).timestamp()


def _sample(name: str, value: float | bool, **labels: str) -> str:
    pairs = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
    number = int(value) if isinstance(value, bool) else value
    return f"{name}{{{pairs}}} {number}" if pairs else f"{name} {number}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


class MetricsServer:
    """Serves the latest exposition on loopback, to GET /metrics alone."""

    def __init__(self, port: int) -> None:
        self.text = EMPTY
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                """The exposition."""
                if self.path.partition("?")[0] != "/metrics":
                    self.send_error(404)
                    return
                body = owner.text.encode()
                self.send_response(200)
                self.send_header("Content-Type", TYPE)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """A scrape is no news."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
