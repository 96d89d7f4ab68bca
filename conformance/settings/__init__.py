"""The settings of a run: one table of options, read once, handed on as a value."""

from __future__ import annotations

from conformance.settings.errors import ConfigError
from conformance.settings.sources import load
from conformance.settings.table import CASES, OPTIONS, Settings

__all__ = ["CASES", "OPTIONS", "ConfigError", "Settings", "load"]
