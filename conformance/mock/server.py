"""The server: both regions in one process, each on its own loopback port."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import uvicorn

from conformance.mock.app import application
from conformance.mock.regions import services
from conformance.mock.transport import Protocol

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from conformance.mock.options import MockOptions

HOST = "127.0.0.1"

Ready = Callable[[dict[str, str]], None]


class PortInUse(OSError):
    """A port that another program listens on."""

    def __init__(self, region: str, port: int) -> None:
        super().__init__(
            f"port {port} for {region} is in use; name another one, or 0 for any free port"
        )
        self.region = region
        self.port = port


def serve(options: MockOptions, ready: Ready) -> None:
    """Serve both regions until SIGTERM or SIGINT; say their URLs once both answer."""
    MockServer(options).run(ready)


class MockServer:
    """Both regions, bound at once and served by `run` until `stop`."""

    def __init__(self, options: MockOptions) -> None:
        self.services = services(options)
        self.sockets = _bind({"global": options.global_port, "india": options.india_port})
        self.urls = {name: f"http://{HOST}:{port}" for name, (_, port) in self.sockets.items()}
        latency = options.latency_ms / 1000
        applications = {
            self.sockets[name][1]: application(service, latency)
            for name, service in self.services.items()
        }
        self._server = _Server(_config(_by_port(applications)))

    def run(self, ready: Ready) -> None:
        """Serve; the rows are made first, so that the first answer is as quick as the last."""
        for service in self.services.values():
            service.store.total()
        self._server.started_up = lambda: ready(self.urls)
        with suppress(KeyboardInterrupt):  # uvicorn raises the SIGINT that ended it once more
            self._server.run([bound for bound, _ in self.sockets.values()])

    def stop(self) -> None:
        """Have `run` return, from any thread."""
        self._server.should_exit = True


class _Server(uvicorn.Server):
    started_up: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.started_up()


def _config(app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=Protocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        access_log=False,
        log_config=None,
        log_level="critical",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=60,
        timeout_graceful_shutdown=1,
    )


def _by_port(applications: dict[int, Any]) -> Any:
    async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
        await applications[scope["server"][1]](scope, receive, send)

    return dispatch


def _bind(ports: dict[str, int]) -> dict[str, tuple[socket.socket, int]]:
    bound: dict[str, tuple[socket.socket, int]] = {}
    for region, port in ports.items():
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen(512)
        except OSError as refusal:
            listener.close()
            for other, _ in bound.values():
                other.close()
            raise PortInUse(region, port) from refusal
        bound[region] = (listener, listener.getsockname()[1])
    return bound
