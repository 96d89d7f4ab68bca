"""The table of options: one row, and every name follows from it."""

from __future__ import annotations

from typing import get_type_hints

from conformance.events.model import Waiver
from conformance.settings import OPTIONS, Settings
from conformance.settings.option import EVERYWHERE, FILE

# The command line that is fixed, and what the requirements name.
FIXED = """
--target --region --spec --overlay --profile --only --skip --out --config --seed --workers --rate --timeout
--max-time --max-requests --strict --require-exercised --allow-unsafe-methods --baseline --gate
--max-body --walk --fault --shared-keys --shared-data --latency-budget
"""


def test_every_fixed_flag_is_an_option() -> None:
    """Scripts rely on them."""
    assert set(FIXED.split()) <= {option.flag for option in OPTIONS.values()}


def test_one_name_makes_the_flag_and_the_variable() -> None:
    """Whoever knows one of them knows all."""
    option = OPTIONS["latency_budget"]
    assert (option.flag, option.variable) == ("--latency-budget", "CONFORMANCE_LATENCY_BUDGET")
    assert all(
        set(option.sources) <= set(EVERYWHERE) and option.sources for option in OPTIONS.values()
    )
    assert OPTIONS["waivers"].sources == (FILE,)


def test_every_default_can_be_given() -> None:
    """A default is a value that its own option takes, of the type that the settings promise."""
    types = get_type_hints(Settings, localns={"Waiver": Waiver})
    settings = Settings()
    for name, option in OPTIONS.items():
        value = getattr(settings, name)
        if value is None:
            assert type(None) in types[name].__args__
        else:
            given = list(value) if name == "waivers" else value
            assert option.kind.read(given) == value, name


def test_every_option_is_explained_in_a_sentence() -> None:
    """Help, documentation and messages are made from it."""
    for option in OPTIONS.values():
        assert option.help[0].isupper()
        assert option.help.endswith((".", ")."))
        assert option.kind.expected
        assert option.group


def test_the_default_seed_differs_from_run_to_run() -> None:
    """Two runs generate other requests."""
    assert len({Settings().seed for _ in range(20)}) > 1


def test_the_number_of_cases_follows_from_the_profile() -> None:
    """Deeper profiles ask more."""
    smoke, standard, deep = (Settings(profile=name).cases for name in ("smoke", "standard", "deep"))
    assert 0 < smoke < standard < deep
