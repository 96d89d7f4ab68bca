"""Contract tests and conformance suite of the FormantAI Voice API."""

from __future__ import annotations

__version__ = "0.1.0"
