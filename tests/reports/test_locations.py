"""Where findings stand: in files that the user has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from conformance.reports.locations import Location, location_of
from tests.support.sample_events import OPERATION
from tests.support.samples import one_fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]


def located(
    concluded: Concluded, folder: Path, path: str, config: dict[str, Any] | None = None
) -> Location | None:
    sample = one_fault()
    sample.header["document"]["path"] = path
    sample.header["config"] = config or {}
    return location_of(concluded(sample), OPERATION, folder)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a service in a folder of it, from which the run is started."""
    (tmp_path / ".git").mkdir()
    service = tmp_path / "service"
    (service / "api").mkdir(parents=True)
    (service / "api" / "openapi.yaml").touch()
    return service


def test_the_user_s_document_is_named_from_the_root_of_the_repository(
    concluded: Concluded, repository: Path
) -> None:
    """Code hosts know no other folder."""
    place = located(concluded, repository, "api/openapi.yaml", {"spec": "api/openapi.yaml"})
    assert place == Location("service/api/openapi.yaml", 6)


def test_the_package_s_document_is_nobody_s_to_mend(concluded: Concluded, repository: Path) -> None:
    """The settings that chose the run are the user's; without them there is no place."""
    package = ".venv/lib/site-packages/conformance/spec/openapi.yaml"
    inside = repository / package
    inside.parent.mkdir(parents=True)
    inside.touch()
    for path in (package, "spec/openapi.yaml"):
        assert located(concluded, repository, path) is None
    (repository / "conformance.toml").touch()
    assert located(concluded, repository, package) == Location("service/conformance.toml", 1)


def test_outside_a_repository_the_path_stays_as_it_was_named(
    concluded: Concluded, tmp_path: Path
) -> None:
    """There is no root to name it from."""
    (tmp_path / "openapi.yaml").touch()
    assert located(concluded, tmp_path, "./openapi.yaml") == Location("openapi.yaml", 6)


def test_where_nothing_else_is_the_users_the_workflow_is(
    concluded: Concluded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GitHub takes no finding without a file; a workflow of another repository is not there."""
    reference = "owner/name/.github/workflows/check.yml@refs/heads/main"
    monkeypatch.setenv("GITHUB_WORKFLOW_REF", reference)
    bundled = "/lib/site-packages/spec/openapi.yaml"
    assert located(concluded, tmp_path, bundled) is None

    workflow = tmp_path / ".github" / "workflows" / "check.yml"
    workflow.parent.mkdir(parents=True)
    workflow.touch()
    assert located(concluded, tmp_path, bundled) == Location(".github/workflows/check.yml", 1)
