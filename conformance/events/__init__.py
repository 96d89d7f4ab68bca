"""The event stream: the only form in which a run is written, carried between processes and read."""

from __future__ import annotations
