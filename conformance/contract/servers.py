"""The servers that a document names, for all operations and for some alone."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = re.compile(r"\{([^{}]*)\}")


class Servers:
    """Those of the whole API: where the document names none, those of most of its paths."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._of_all = set(server_urls(document))
        if not self._of_all:
            paths = document.get("paths") or {}
            items = (item for item in paths.values() if isinstance(item, dict))
            named = Counter(urls for item in items if (urls := tuple(server_urls(item))))
            self._of_all = {url for urls, _ in named.most_common(1) for url in urls}

    def elsewhere(self, *holders: Mapping[str, Any]) -> str | None:
        """The server of a path or an operation, whichever is last of these, that is none of the
        API's; none where it is asked on the API's own.
        """
        own = next((urls for each in reversed(holders) if (urls := server_urls(each))), [])
        return None if not own or self._of_all & set(own) else own[0]


def server_urls(holder: Mapping[str, Any]) -> list[str]:
    """The URLs of the servers of a document, a path or an operation, variables filled in."""
    servers = [server for server in holder.get("servers") or [] if isinstance(server, dict)]
    return [_filled(server).rstrip("/") for server in servers if isinstance(server.get("url"), str)]


def _filled(server: Mapping[str, Any]) -> str:
    """A server's URL with the default of each variable, which every variable has (OpenAPI)."""
    variables = server.get("variables") or {}

    def default(match: re.Match[str]) -> str:
        described = variables.get(match[1])
        return str(described.get("default", "")) if isinstance(described, dict) else match[0]

    return VARIABLE.sub(default, server["url"])
