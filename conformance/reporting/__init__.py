"""Everything a person or a machine sees of a run, rendered from one stream of events."""

from __future__ import annotations
