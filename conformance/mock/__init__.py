"""The bundled reference server: two regions, real HTTP, and a catalogue of faults and benign
variants.
"""

from __future__ import annotations

from conformance.mock.credentials import keys
from conformance.mock.options import MockOptions

__all__ = ["MockOptions", "keys"]
