"""The gate of a deployment: a candidate is let through, held, or cannot be told."""

from __future__ import annotations
