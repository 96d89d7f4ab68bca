"""What to ask: requests as deviations from a plain good one, derived from the contract and the data
seen.
"""

from __future__ import annotations
