"""From events to outcomes, and from outcomes to one verdict."""

from __future__ import annotations
