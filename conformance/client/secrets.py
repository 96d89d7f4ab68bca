"""The former name of `credentials` and `redaction`, until the last importer has moved."""

from __future__ import annotations

from conformance.client.credentials import Secret
from conformance.client.redaction import Redactor

__all__ = ["Redactor", "Secret"]
