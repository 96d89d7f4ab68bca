"""Make docs/configuration.md from the table of options: `python docs/make_configuration.py`."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.settings import OPTIONS
from conformance.settings.kinds import Many
from conformance.settings.option import ENVIRONMENT, FILE, FLAG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conformance.settings.option import Option

PAGE = Path(__file__).parent / "configuration.md"

HEAD = """\
# Configuration

Made from the table of options (`conformance/settings/table.py`) by `python docs/make_configuration.py`.

A setting has one name everywhere: `latency_budget` is `--latency-budget` on the command line,
`CONFORMANCE_LATENCY_BUDGET` in the environment and `latency_budget` in `conformance.toml`. A flag counts
before the environment, that before the file, that before the default. The report shows the effective values.

Flags come after `conformance run`, and in a checkout after plain `pytest` too. An option that repeats takes a
list in the file, and a text with commas in the environment. Switches are `true` or `false`; `--strict` turns
one on and `--no-strict` off. Paths are relative to the current directory.

API keys are no settings: `FORMANT_API_KEY_INDIA` is the key of the region `india`, `FORMANT_API_KEY` that of
every region without a key of its own. A key has at least 8 characters, and is never written anywhere.

A value that cannot be used, an unknown key and an unknown `CONFORMANCE_*` variable end the run before
anything is asked, with exit code 2 and one sentence.
"""

EXAMPLES = """\
## conformance.toml

    profile = "standard"
    skip = ["AUT-08"]
    rate = 20

    [region]
    global = "https://api.example.com"
    india = "https://api.in.example.com"

    [[waivers]]
    requirement = "AUT-13"
    region = "india"
    operation = "list-*"
    reason = "the gateway is upgraded in March"
    owner = "voice-platform"
    expires = 2027-03-31

Waivers stand in the file only. `requirement`, `region` and `operation` are globs; without a region or an
operation a waiver is for all. It is valid up to and including the day it expires; one that has expired, and
one that nothing needed, is reported.

## In plain pytest

`--strict` there is pytest's own strict mode as well, `--quiet` and `--verbose` are `--conformance-quiet` and
`--conformance-verbose`, and where another plugin has a `--timeout` (pytest-timeout), ours is
`--conformance-timeout`.
"""


def page() -> str:
    """The whole page."""
    sections = [HEAD]
    for group, options in groupby(OPTIONS.values(), lambda option: option.group):
        sections.append("\n".join(_section(group, options)) + "\n")
    return "\n".join([*sections, EXAMPLES])


def _section(group: str, options: Iterable[Option]) -> Iterator[str]:
    yield from (f"## {group}", "", "| setting | takes | default | meaning |", "|---|---|---|---|")
    for option in options:
        cells = (
            f"`{option.name}`",
            _takes(option),
            option.shown_default,
            option.help + _limits(option),
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _takes(option: Option) -> str:
    if isinstance(option.kind, Many):
        return f"{option.kind.each.expected}; repeatable"
    return f"{option.kind.expected}; repeatable" if option.repeatable else option.kind.expected


def _limits(option: Option) -> str:
    """Where the setting cannot stand."""
    places = {FLAG: "a flag", ENVIRONMENT: "a variable", FILE: "a key of the file"}
    present = [words for source, words in places.items() if source in option.sources]
    return "" if len(present) == len(places) else f" Only {' or '.join(present)}."


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
