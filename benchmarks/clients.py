"""HTTP clients as one plain thing: GET a target so many times over one kept connection, JSON
parsed.
"""

from __future__ import annotations

import http.client
import importlib.util
import io
import json
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable


class Client(Protocol):
    """What is measured."""

    def get(self, target: str, times: int) -> None:
        """GET and parse so many times."""

    def close(self) -> None:
        """Let go of the connection."""


class _Simple:
    """A client whose exchange is one call."""

    def __init__(self, fetch: Callable[[str], bytes], close: Callable[[], Any]) -> None:
        self.fetch, self.close = fetch, close

    def get(self, target: str, times: int) -> None:
        for _ in range(times):
            assert json.loads(self.fetch(target))["data"]


def _http_client(url: str, key: str) -> Client:
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    headers = {"Authorization": f"Bearer {key}"}

    def fetch(target: str) -> bytes:
        connection.request("GET", target, headers=headers)
        return connection.getresponse().read()

    return _Simple(fetch, connection.close)


def _own(url: str, key: str) -> Client:
    from conformance.client.presented import Presented
    from conformance.client.transport import Transport

    transport = Transport(url)
    headers = (("Authorization", f"Bearer {key}"),)

    def fetch(target: str) -> bytes:
        return transport.send(Presented("GET", target, headers, None)).body

    return _Simple(fetch, transport.close)


def _urllib3(url: str, key: str) -> Client:
    import urllib3

    pool = urllib3.connection_from_url(url, headers={"Authorization": f"Bearer {key}"})
    return _Simple(lambda target: pool.request("GET", target).data, pool.close)


def _requests(url: str, key: str) -> Client:
    import requests

    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {key}"
    return _Simple(lambda target: session.get(url + target).content, session.close)


def _httpx(url: str, key: str) -> Client:
    import httpx

    client = httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"})
    return _Simple(lambda target: client.get(target).content, client.close)


def _pycurl(url: str, key: str) -> Client:
    import pycurl

    curl = pycurl.Curl()
    curl.setopt(pycurl.HTTPHEADER, [f"Authorization: Bearer {key}"])

    def fetch(target: str) -> bytes:
        body = io.BytesIO()
        curl.setopt(pycurl.URL, url + target)
        curl.setopt(pycurl.WRITEDATA, body)
        curl.perform()
        return body.getvalue()

    return _Simple(fetch, curl.close)


class _Aiohttp:
    """aiohttp, one exchange in flight like the others."""

    def __init__(self, url: str, key: str) -> None:
        import asyncio

        import aiohttp

        async def opened() -> Any:
            return aiohttp.ClientSession(url, headers={"Authorization": f"Bearer {key}"})

        self._loop = asyncio.new_event_loop()
        self._session = self._loop.run_until_complete(opened())

    def get(self, target: str, times: int) -> None:
        self._loop.run_until_complete(self._get(target, times))

    async def _get(self, target: str, times: int) -> None:
        for _ in range(times):
            async with self._session.get(target) as response:
                assert json.loads(await response.read())["data"]

    def close(self) -> None:
        self._loop.run_until_complete(self._session.close())
        self._loop.close()


def _if_installed(
    module: str, make: Callable[[str, str], Client]
) -> Callable[[str, str], Client | None]:
    return lambda url, key: make(url, key) if importlib.util.find_spec(module) else None


CLIENTS: dict[str, Callable[[str, str], Client | None]] = {
    "http.client": _http_client,
    "the suite's transport": _own,
    "urllib3": _if_installed("urllib3", _urllib3),
    "requests": _if_installed("requests", _requests),
    "httpx": _if_installed("httpx", _httpx),
    "aiohttp": _if_installed("aiohttp", _Aiohttp),
    "pycurl": _if_installed("pycurl", _pycurl),
}
