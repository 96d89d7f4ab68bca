"""Contract tests and conformance suite of the FormantAI Voice API."""

from __future__ import annotations

__all__ = ["__version__"]

try:
    from conformance._version import __version__
except ImportError:  # a checkout that was never installed
    __version__ = "0.1.0+source"  # the fallback of pyproject.toml
