"""The digest of a document."""

from __future__ import annotations

from conformance.contract.fingerprint import fingerprint


def test_a_document_is_told_by_what_it_says() -> None:
    """Not by its object, nor by the order of its members."""
    first = {"paths": {"/a": {}}, "openapi": "3.1.0"}
    same = {"openapi": "3.1.0", "paths": {"/a": {}}}
    assert fingerprint(first) == fingerprint(same)
    assert fingerprint(first) != fingerprint({"openapi": "3.1.0", "paths": {"/b": {}}})


def test_it_is_made_once() -> None:
    """A document does not change once a run has begun."""
    document: dict[str, object] = {"paths": {}}
    digest = fingerprint(document)
    document["paths"] = {"/a": {}}
    assert fingerprint(document) == digest
