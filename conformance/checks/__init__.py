"""What pytest collects: each test judges the requirements it is marked with."""

from __future__ import annotations
