"""The API keys of the mock's regions: fixed, different, and worth nothing anywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.registry import resolve

if TYPE_CHECKING:
    from conformance.mock.options import MockOptions

# Mixed case and digits, so that a key whose case was changed is another key.
KEYS = {
    "global": "fk_mock_global_7Qm2XrT9vLb4KcZ8sWd5HnYj",
    "india": "fk_mock_india_3Vp6BtF1gNx9RkS7uMe2JqLw",
}


def keys(options: MockOptions) -> dict[str, str]:
    """Name each region's key; a benign variant may have keys of another alphabet."""
    chosen = dict(KEYS)
    for selected in resolve(options.faults):
        changed = selected.entry.keys
        chosen |= {region: changed[region] for region in changed if selected.applies_to(region)}
    return chosen
