"""The laws of the API as pure functions, from exchanges and pages to findings."""

from __future__ import annotations
