"""Traits that a document lets one infer: from names of parameters, shapes of answers, and headers.

What is inferred is proposed, never judged by: `conformance init` writes it into an overlay, each key
with its reason, for a person to confirm.
"""

from __future__ import annotations

from conformance.inference.suggestion import ListTraits, Suggested, suggestions

__all__ = ["ListTraits", "Suggested", "suggestions"]
