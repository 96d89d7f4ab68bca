"""The views of a concluded run, a file for each format."""

from __future__ import annotations
