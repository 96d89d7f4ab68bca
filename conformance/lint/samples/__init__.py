"""The code samples of a documentation page: what each would send, whether the contract allows it,
and whether it runs.
"""

from __future__ import annotations

from conformance.lint.samples.report import Judged, judged_samples

__all__ = ["Judged", "judged_samples"]
