"""The command that repeats a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from conformance.reports.reproduce import mock_command, rerun_command
from tests.support.samples import green

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.verdict.report import Report
    from tests.support.samples import Sample


@pytest.mark.parametrize(
    ("config", "command"),
    [
        ({"target": "mock"}, "conformance run --seed 7421"),
        ({"target": "mock", "fault": ["a@india"]}, "conformance run --fault a@india --seed 7421"),
        ({"target": "live", "strict": True}, "conformance run --target live --seed 7421 --strict"),
        (
            {"region": {"india": "http://127.0.0.1:8?a=1&b"}, "spec": "my api.yaml"},
            "conformance run --region 'india=http://127.0.0.1:8?a=1&b' --spec 'my api.yaml' --seed 7421",
        ),
        (
            {"only": ["PAG-*"], "skip": ["PAG-05"]},
            "conformance run --only 'PAG-*' --skip PAG-05 --seed 7421",
        ),
    ],
    ids=["mock", "faults", "live", "regions", "selection"],
)
def test_what_decides_what_is_asked_is_in_the_command(
    concluded: Callable[[Sample], Report], config: dict[str, Any], command: str
) -> None:
    """Target, regions, faults, document, selection and seed, quoted for a shell."""
    sample = green()
    sample.header["config"] = config
    assert rerun_command(concluded(sample)) == command


def test_one_requirement_takes_the_place_of_the_selection(
    concluded: Callable[[Sample], Report],
) -> None:
    """A problem's command judges that requirement alone."""
    sample = green()
    sample.header |= {"config": {"only": ["PAG-*"]}, "profile": "deep"}
    assert (
        rerun_command(concluded(sample), "PAG-03")
        == "conformance run --profile deep --only PAG-03 --seed 7421"
    )


@pytest.mark.parametrize(
    ("config", "url", "command"),
    [
        (
            {"target": "mock", "fault": ["a@india", "b c"]},
            "http://127.0.0.1:41",
            "conformance mock --global-port 41 --india-port 41 --fault a@india --fault 'b c'",
        ),
        ({"target": "live"}, "http://127.0.0.1:41", None),
        ({"target": "mock", "region": {"x": "http://127.0.0.1:9"}}, "http://127.0.0.1:9", None),
        ({"target": "mock"}, "https://api.example", None),
    ],
    ids=["mock", "live", "own regions", "elsewhere"],
)
def test_the_bundled_mock_is_started_again_where_it_was(
    concluded: Callable[[Sample], Report], config: dict[str, Any], url: str, command: str | None
) -> None:
    """A command that asks 127.0.0.1 is of use only while somebody answers there."""
    sample = green()
    sample.header["config"] = config
    for region in sample.header["regions"].values():
        region["url"] = url
    assert mock_command(concluded(sample)) == command
