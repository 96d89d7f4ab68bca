"""Proving the suite: it runs against servers that each break one rule, and against servers that
break none.
"""

from __future__ import annotations
