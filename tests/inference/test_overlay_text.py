"""The overlay that is proposed can be read as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.contract import load_contract
from conformance.inference import suggestions
from conformance.inference.overlay_text import overlay, settings
from conformance.inference.table import rows
from tests.support.contracts import THINGS
from tests.support.paged import write
from tests.support.paged_services import SERVICES

# A list of which no page can be asked for, and no row.
UNPAGED = THINGS.replace("name: offset", "name: other").replace("/things/{key}", "/thing/{key}")


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_proposed_is_a_contract(service, tmp_path) -> None:
    """Each trait reads back with the value that was suggested, and each key has its reason."""
    document, _ = write(service, tmp_path)
    lists = suggestions(load_contract(document))
    proposed = tmp_path / "proposed.yaml"
    proposed.write_text(overlay("a: 'title' # of \"it\"", lists))

    contract = load_contract(document, [proposed])
    for operation, entry in zip(contract.operations, lists, strict=True):
        is_told = service.TOLD and "{" not in operation.path
        is_paged = operation.pagination is not None and not operation.pagination.single
        assert is_paged is is_told
        if operation.pagination is not None:
            assert operation.pagination.style == entry.suggested[0].value["style"]
            assert operation.row.identity == "/id"
    keys = [line for line in proposed.read_text().splitlines() if line.startswith(" " * 10)]
    assert all("  # " in line for line in keys)


def test_nothing_inferred_is_an_overlay_too(tmp_path) -> None:
    """It says of each operation why."""
    document = tmp_path / "openapi.yaml"
    document.write_text(UNPAGED)
    text = overlay("x", suggestions(load_contract(document)))
    assert "#   GET /things: limit says how many rows" in text
    assert "#   GET /thing/{key}: its answer is not described as JSON" in text
    path = tmp_path / "overlay.yaml"
    path.write_text(text)
    assert load_contract(document, [path]).operations[0].pagination is None


def test_rows_that_can_be_fetched_are_worth_a_list_without_pages(tmp_path) -> None:
    """Its plain request says what there is; how many there are in all only where none can be left."""
    document = tmp_path / "openapi.yaml"
    document.write_text(THINGS.replace("name: offset", "name: other"))
    contract = load_contract(document)
    path = tmp_path / "overlay.yaml"
    path.write_text(overlay("x", suggestions(contract)))
    listed, single = load_contract(document, [path]).operations
    assert listed.pagination is not None
    assert (listed.pagination.style, listed.pagination.tells_total) == ("unpaged", False)
    assert single.feeds == {"key": "list-things"}


def test_settings_name_what_was_written() -> None:
    """The regions where the document has servers, else how to name one."""
    text = settings(Path("api.yaml"), [Path("overlay.yaml")], {"eu": "https://eu.example.com"})
    assert 'spec = "api.yaml"\noverlay = ["overlay.yaml"]' in text
    assert '[region]\n"eu" = "https://eu.example.com"' in text
    assert "# [region]" in settings(Path("api.yaml"), [], {})


def test_the_table_tells_declared_from_inferred(tmp_path) -> None:
    """What an overlay states is declared, whatever could be inferred."""
    document, stated = write(SERVICES[1], tmp_path)
    found = rows(load_contract(document, [stated]))
    assert {row.trait: row.state for row in found if row.operation == "listItems"} == {
        "pagination": "declared",
        "identity": "declared",
        "item": "inferred",
        "filters": "declared",
    }
    states = {row.state for row in rows(load_contract(document)) if row.operation == "listItems"}
    assert states == {"inferred"}


def test_the_table_says_what_is_missing(tmp_path) -> None:
    """With the reason."""
    document = tmp_path / "openapi.yaml"
    document.write_text(UNPAGED)
    found = {(row.operation, row.trait): row for row in rows(load_contract(document))}
    row = found["list-things", "pagination"]
    assert (row.state, row.value) == ("missing", None)
    assert "nothing leads" in row.why
