"""The registry: what is in it, and how names become entries."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter

import pytest

from conformance.contract import load_contract
from conformance.mock import MockOptions, keys
from conformance.mock.orders import DOCUMENT
from conformance.mock.registry import BENIGN, FAULTS, Benign, Fault, UnknownFault, resolve
from tests.support.paged_services import SERVICES


def test_every_requirement_of_servers_has_two_faults() -> None:
    """No requirement that the mock can break is without faults that break it; the others have theirs
    in servers of the tests.
    """
    contract, own = load_contract(), Counter(fault.requirement for fault in FAULTS.values())
    others = Counter(
        name for service in SERVICES for names in service.FAULTS.values() for name in names
    )
    listed, of_orders = contract.operations[0], load_contract(DOCUMENT).operations
    for name, requirement in contract.requirements.items():
        if requirement.applies_to == "document":
            continue
        is_own = any(
            all(map(operation.applies, requirement.traits)) for operation in (listed, *of_orders)
        )
        assert (own if is_own else others)[name] >= 2, name
    assert set(own) <= set(contract.requirements)


def test_the_catalogue_is_as_large_as_promised() -> None:
    """There are at least 120 faults and 35 benign variants, under different names."""
    assert len(FAULTS) >= 120
    assert len(BENIGN) >= 35
    assert not FAULTS.keys() & BENIGN.keys()


def test_entries_are_named_and_described() -> None:
    """Names are in kebab case, sentences are sentences."""
    entries: list[Fault | Benign] = [*FAULTS.values(), *BENIGN.values()]
    for entry in entries:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.name), entry
        assert entry.sentence.endswith("."), entry
        assert entry.regions in (("global", "india"), ("india",)), entry


def test_a_name_may_be_limited_to_a_region() -> None:
    """`NAME@region` applies to that region, `NAME` to the entry's own regions."""
    both, here, parity = resolve(
        ["filter-ignored", "filter-ignored@global", "one-region-oldest-first"]
    )
    assert (both.regions, here.regions, parity.regions) == (
        ("global", "india"),
        ("global",),
        ("india",),
    )
    assert here.applies_to("global")
    assert not here.applies_to("india")


def test_an_unknown_name_is_answered_with_close_ones() -> None:
    """A misspelt name is refused with the names it may mean; so is an unknown region."""
    with pytest.raises(UnknownFault, match="did you mean filter-ignored"):
        resolve(["filter-ignord"])
    with pytest.raises(UnknownFault, match="global and india"):
        resolve(["filter-ignored@mars"])


def test_keys_are_fixed_and_differ() -> None:
    """Keys do not depend on the seed, and no two regions share one."""
    usual = keys(MockOptions())
    assert usual == keys(MockOptions(seed=9, rows=3))
    assert len(set(usual.values())) == 2
    assert all(36 <= len(key) <= 48 for key in usual.values())


def test_a_variant_changes_the_keys_of_its_region_only() -> None:
    """A variant's keys replace those of the regions that wear it."""
    usual, changed = keys(MockOptions()), keys(MockOptions(faults=("long-keys@india",)))
    assert changed["global"] == usual["global"]
    assert changed["india"] != usual["india"]


def test_the_registry_is_light_to_import() -> None:
    """Listing the catalogue loads no web framework and no server."""
    code = "import conformance.mock.registry, conformance.mock.process, sys; print(sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert "starlette" not in loaded
    assert "uvicorn" not in loaded
