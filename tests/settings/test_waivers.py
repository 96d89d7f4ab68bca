"""Waivers as the configuration file has them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from conformance.settings import ConfigError, load
from conformance.settings.errors import InvalidValue
from conformance.settings.waivers import Waivers

WAIVER = {
    "requirement": "AUT-08",
    "reason": "no challenge yet",
    "owner": "voice",
    "expires": date(2027, 3, 31),
}


def test_a_waiver_names_what_it_accepts_and_until_when() -> None:
    """Region and operation may be left out; a date may be text, as JSON has it."""
    plain, narrow = Waivers().read(
        [WAIVER, WAIVER | {"region": "india", "operation": "list-*", "expires": "2027-04-01"}]
    )
    assert (plain.requirement, plain.region, plain.operation) == ("AUT-08", None, None)
    assert (narrow.region, narrow.operation, narrow.expires) == (
        "india",
        "list-*",
        date(2027, 4, 1),
    )


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("x", "expected a list of tables ([[waivers]]), not 'x'."),
        ([3], "waiver 1: expected a table, not 3."),
        (
            [WAIVER, {}],
            "waiver 2: requirement is missing. A waiver says requirement, reason, owner, expires.",
        ),
        (
            [{**WAIVER, "regoin": "x"}],
            "waiver 1: a waiver has no key 'regoin'. Did you mean region?",
        ),
        ([WAIVER | {"reason": " "}], "waiver 1: reason: expected a text of one line, not ' '."),
        ([WAIVER | {"owner": 3}], "waiver 1: owner: expected a text of one line, not 3."),
        (
            [WAIVER | {"expires": "soon"}],
            "waiver 1: expires: expected a date such as 2027-03-31, not 'soon'.",
        ),
        ([WAIVER | {"expires": datetime(2027, 3, 31)}], "waiver 1: expires: expected a date"),
        (
            [WAIVER | {"expires": 2027}],
            "waiver 1: expires: expected a date such as 2027-03-31, not 2027.",
        ),
    ],
)
def test_a_waiver_that_cannot_be_used_is_named_by_its_number(value: Any, reason: str) -> None:
    """With the key and what it should hold."""
    with pytest.raises(InvalidValue) as error:
        Waivers().read(value)
    assert str(error.value).startswith(reason)


def test_waivers_are_read_from_the_file(write_file) -> None:
    """Its dates are dates of TOML, and dates of JSON in what a report shows."""
    lines = [
        f"{key} = {value}" if key == "expires" else f"{key} = '{value}'"
        for key, value in WAIVER.items()
    ]
    write_file("\n".join(["[[waivers]]", *lines]))
    (shown,) = load({}, {}).shown()["waivers"]
    assert (shown["requirement"], shown["expires"], shown["region"]) == (
        "AUT-08",
        "2027-03-31",
        None,
    )

    write_file("\n".join(["[[waivers]]", *lines[:-1]]))
    with pytest.raises(
        ConfigError, match=r"^conformance\.toml: waivers: waiver 1: expires is missing\."
    ):
        load({}, {})
