"""The regions of an API: the overlay's, or else the servers of the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from conformance.contract.entry import Entry

VARIABLE = re.compile(r"\{([^{}]*)\}")


def read_regions(document: dict[str, Any], entry: Entry) -> dict[str, str]:
    """Base URLs by the name of the region; raises ContractError.

    A server whose URL is relative has no host of its own (OpenAPI, Server Object): it is no region,
    and its path is that of `base_path`.
    """
    if entry.values:
        return {name: entry.text(name).rstrip("/") for name in entry.values}
    urls = [url for url in _servers(document) if urlsplit(url).netloc]
    return {f"server{index}": url for index, url in enumerate(urls, 1)}


def relative_servers(document: dict[str, Any]) -> tuple[str, ...]:
    """The URLs of servers that say nothing of a host."""
    return tuple(url for url in _servers(document) if not urlsplit(url).netloc)


def _servers(document: dict[str, Any]) -> list[str]:
    servers = [server for server in document.get("servers") or [] if isinstance(server, dict)]
    return [_filled(server).rstrip("/") for server in servers if isinstance(server.get("url"), str)]


def _filled(server: dict[str, Any]) -> str:
    """A server's URL with the default of each variable, which every variable has (OpenAPI)."""
    variables = server.get("variables") or {}

    def default(match: re.Match[str]) -> str:
        described = variables.get(match[1])
        return str(described.get("default", "")) if isinstance(described, dict) else match[0]

    return VARIABLE.sub(default, server["url"])
