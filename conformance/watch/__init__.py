"""The watch: gentle runs on a schedule, of which only what changed is reported."""

from __future__ import annotations
