"""The mark that ties a test to the requirements it judges."""

from __future__ import annotations

import pytest


def requirements(*ids: str) -> pytest.MarkDecorator:
    """Mark a test with the ids it judges; the first one's trait decides what it runs on."""
    return pytest.mark.requirements(*ids)
