"""The regions of an API: the overlay's, or else the servers of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from conformance.contract.servers import server_urls

if TYPE_CHECKING:
    from conformance.contract.entry import Entry


def read_regions(document: dict[str, Any], entry: Entry) -> dict[str, str]:
    """Base URLs by the name of the region; raises ContractError.

    A server whose URL is relative has no host of its own (OpenAPI, Server Object): it is no region,
    and its path is that of `base_path`.
    """
    if entry.values:
        return {name: entry.text(name).rstrip("/") for name in entry.values}
    urls = [url for url in server_urls(document) if _has_host(url)]
    return {f"server{index}": url for index, url in enumerate(urls, 1)}


def relative_servers(document: dict[str, Any]) -> tuple[str, ...]:
    """The URLs of servers that say nothing of a host."""
    return tuple(url for url in server_urls(document) if not _has_host(url))


def _has_host(url: str) -> bool:
    """Whether it says something of a host, which may be none that there is: who asks it says so."""
    try:
        return bool(urlsplit(url).netloc)
    except ValueError:
        return True
