"""What is wrong with document, overlay, catalogue, checks and faults, before any server
is asked.
"""

from __future__ import annotations

from conformance.lint.problems import Linted, lint

__all__ = ["Linted", "lint"]
