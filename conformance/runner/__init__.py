"""What happens between the settings and the verdict."""

from __future__ import annotations
