"""pytest's hooks, each a line or two into the runner."""

from __future__ import annotations
