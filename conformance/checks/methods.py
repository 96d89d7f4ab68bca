"""Methods that a path does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.checks.context import Context
    from conformance.client import Request

SAFE = ("OPTIONS", "TRACE", "PROPFIND")
UNSAFE = ("DELETE", "POST", "PUT", "PATCH")


def undocumented_methods(context: Context) -> tuple[list[str], list[str]]:
    """The methods that the path does not have: those that change nothing, and others if allowed."""
    item = context.contract.resolve(context.contract.document["paths"][context.operation.path])
    safe = [method for method in SAFE if method.lower() not in item]
    unsafe = [method for method in UNSAFE if method.lower() not in item]
    return safe, unsafe if context.settings.unsafe else []


def with_method(context: Context, method: str) -> Request:
    """A request of the operation's path with another method."""
    return context.request(method=method, body="{}" if method in UNSAFE else None)
