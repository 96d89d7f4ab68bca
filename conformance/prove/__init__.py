"""Proving the suite: run it against servers that each break one rule, and against others that break
none.
"""

from __future__ import annotations
