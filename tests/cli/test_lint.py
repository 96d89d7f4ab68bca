"""`conformance lint`: OK, or a sentence for each problem with the place where it is mended."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.contract.load import spec_directory
from conformance.mock import registry
from tests.support.contracts import THINGS

if TYPE_CHECKING:
    from collections.abc import Callable

SPEC = spec_directory()


@pytest.fixture
def linted(
    conformance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[str]]:
    """Lint the suite's own files, one of them changed."""
    monkeypatch.chdir(tmp_path)

    def run(name: str, old: str, new: str) -> list[str]:
        text = (SPEC / name).read_text("utf-8")
        assert old in text
        Path(name).write_text(text.replace(old, new, 1), "utf-8")
        option = {"openapi.yaml": "spec", "overlay.yaml": "overlay"}.get(name, "requirements")
        files = ["--overlay", SPEC / "overlay.yaml"] if option == "spec" else []
        result = conformance("lint", f"--{option}", name, *files)
        assert result.exit_code == 2, result.output
        assert result.stdout == ""
        problems: list[str] = result.stderr.splitlines()
        assert all(re.match(r"\S+:\d+: .+\.", problem) for problem in problems), problems
        return problems

    return run


def line(name: str, text: str) -> int:
    """The line of the file in which a text first stands."""
    return next(
        place
        for place, one in enumerate(Path(name).read_text("utf-8").splitlines(), 1)
        if text in one
    )


def test_the_suite_s_own_files_are_sound(conformance) -> None:
    """What is in the repository is linted with it."""
    result = conformance("lint")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "OK\n", "")


def test_an_action_that_matches_nothing(linted) -> None:
    """The document moved on and the overlay did not."""
    (problem,) = linted("overlay.yaml", "schemas.ErrorResponseError", "schemas.Gone")
    place = line("overlay.yaml", "schemas.Gone")
    assert problem.startswith(
        f"overlay.yaml:{place}: the action's target $.components.schemas.Gone matches"
    )


def test_every_action_is_tried(linted) -> None:
    """One bad action does not hide another."""
    text = (SPEC / "openapi.yaml").read_text("utf-8")
    assert text.count("BatchCallListResponse:") == 1
    problems = linted("openapi.yaml", "BatchCallListResponse:", "BatchCallList:")
    assert any("BatchCallListResponse matches nothing" in problem for problem in problems)


def test_a_pointer_to_nowhere(linted) -> None:
    """A trait that names no property would be judged on nothing."""
    (problem,) = linted("overlay.yaml", "has_more: /has_more", "has_more: /more")
    assert re.match(
        r"overlay\.yaml:\d+: x-conformance of GET /v1/batch-calls: pagination\.has_more: the pointer /more",
        problem,
    )


def test_a_trait_that_no_check_reads(linted) -> None:
    """A misspelt trait is a trait that is never judged."""
    problems = linted("overlay.yaml", "        identity: /id", "        identty: /id")
    place = line("overlay.yaml", "identty")
    assert (
        f"overlay.yaml:{place}: x-conformance: no check reads identty. Did you mean identity?"
        in problems
    )


def test_a_requirement_that_no_check_judges(linted) -> None:
    """A promise in the catalogue is judged, or it would be inconclusive in every run."""
    problems = linted("requirements.yaml", "- id: PAG-03", "- id: PAG-99")
    place = line("requirements.yaml", "PAG-99")
    assert f"requirements.yaml:{place}: no check judges PAG-99." in problems
    assert any(
        "a check judges PAG-03, which requirements.yaml does not have." in one for one in problems
    )
    assert any(
        "the fault has-more-always breaks PAG-03, which is no requirement" in one
        for one in problems
    )


def test_an_id_that_is_there_twice(linted) -> None:
    """An id never means two things."""
    problems = linted("requirements.yaml", "- id: PAG-04", "- id: PAG-03")
    assert [one for one in problems if "PAG-03 is there twice." in one]


def test_an_explanation_that_leads_nowhere(linted) -> None:
    """A cause that is no requirement explains nothing."""
    problems = linted("requirements.yaml", '"AUT-0*", "AUT-12"', '"AUTH-*", "AUT-12"')
    place = line("requirements.yaml", "AUTH-*")
    names = "explained_by names AUTH-*, which no requirement is called."
    expected = f"requirements.yaml:{place}: SCH-01: {names}"
    assert problems == [expected]


def test_a_fault_that_breaks_no_requirement(conformance, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mock's liars each lie about something that is promised."""
    fault = next(iter(registry.FAULTS.values()))
    monkeypatch.setitem(
        registry.FAULTS, "stray", type(fault)("stray", "", "Strays.", fault.install)
    )
    result = conformance("lint")
    assert result.exit_code == 2
    assert (
        "the fault stray breaks nothing, which is no requirement of the catalogue." in result.stderr
    )


@pytest.mark.parametrize(
    ("option", "content", "said"),
    [
        ("--spec", None, r"x\.yaml: cannot be read: No such file"),
        ("--spec", "openapi: [", r"x\.yaml:\d+: not valid YAML"),
        ("--spec", "swagger: '2.0'\n", r"x\.yaml:1: not an OpenAPI 3\.x document"),
        (
            "--overlay",
            "openapi: 3.1.0\n",
            r"x\.yaml:1: not an OpenAPI Overlay 1\.0 or 1\.1 document",
        ),
        ("--requirements", "nothing: here\n", r"x\.yaml:1: no list `requirements`"),
        ("--requirements", "requirements:\n  - id: A-1\n", r"x\.yaml:2: a requirement lacks level"),
    ],
)
def test_a_file_of_another_kind(
    conformance,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    option: str,
    content: str | None,
    said: str,
) -> None:
    """What is no document, overlay or catalogue at all is said with its place."""
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path("x.yaml").write_text(content)
    result = conformance("lint", option, "x.yaml")
    assert result.exit_code == 2
    assert re.search(said, result.stderr), result.stderr


def test_what_lint_finds_is_mended_by_the_overlay_that_it_writes(
    conformance, tmp_path: Path
) -> None:
    """The published document alone: two warnings, two actions, none left under them."""
    spec, fix = SPEC / "openapi.yaml", tmp_path / "fix.yaml"
    result = conformance("lint", "--spec", spec, "--fix-overlay", fix)
    assert result.exit_code == 0, result.stderr
    assert result.stderr.count(": warning: /") == 2
    assert f"wrote {fix}\n2 actions; " in result.stdout
    mended = conformance("lint", "--strict", "--spec", spec, "--overlay", fix)
    assert (mended.exit_code, mended.stdout, mended.stderr) == (0, "OK\n", "")


def test_warnings_count_under_strict(conformance) -> None:
    """Otherwise they are said and no more."""
    spec = SPEC / "openapi.yaml"
    assert conformance("lint", "--spec", spec).exit_code == 0
    assert conformance("lint", "--strict", "--spec", spec).exit_code == 2


def test_an_overlay_that_is_there_is_kept(conformance, tmp_path: Path) -> None:
    """Unless --force says otherwise; a sound document needs none."""
    fix = tmp_path / "fix.yaml"
    fix.write_text("mine")
    arguments = ("lint", "--spec", SPEC / "openapi.yaml", "--fix-overlay", fix)
    refused = conformance(*arguments)
    assert (refused.exit_code, fix.read_text()) == (2, "mine")
    assert f"{fix} is there already; --force overwrites it." in refused.stderr
    assert conformance(*arguments, "--force").exit_code == 0
    assert fix.read_text().startswith("# Written by")
    assert conformance("lint", "--fix-overlay", tmp_path / "none").stdout == (
        "nothing that an overlay could mend\nOK\n"
    )
    assert not (tmp_path / "none").exists()


PAGE = """\
# List

```python
import requests
requests.get("https://api.voice.formantai.com/v1/batch-calls{query}", headers={headers})
```
"""
KEY = '{"Authorization": "Bearer <token>"}'


def test_samples_of_a_page_are_judged_and_run(conformance, tmp_path: Path) -> None:
    """What they send is said, and that the mock answers it."""
    page = tmp_path / "page.md"
    page.write_text(PAGE.replace("{query}", "?limit=5").replace("{headers}", KEY))
    result = conformance("lint", "--samples", page)
    assert result.exit_code == 0, result.output
    first, second = result.stdout.splitlines()[:2]
    url = "https://api.voice.formantai.com/v1/batch-calls?limit=5"
    assert first == f"{page}:4: python: sends GET {url} with Authorization"
    assert second == (f"{page}:4: python: ran against the mock: GET /v1/batch-calls?limit=5: 200")


def test_a_sample_that_the_contract_does_not_allow(conformance, tmp_path: Path) -> None:
    """Exit 1: without a key, and with a parameter that nobody knows."""
    page = tmp_path / "page.md"
    page.write_text(PAGE.replace("{query}", "?size=5").replace("{headers}", "{}"))
    result = conformance("lint", "--samples", page)
    assert result.exit_code == 1
    assert "not allowed: list-batch-calls has no query parameter size" in result.stdout
    assert "not allowed: it does not present the credential" in result.stdout
    assert "not allowed: the mock refused GET /v1/batch-calls?size=5 with 401" in result.stdout


def test_samples_of_another_api_are_only_read(conformance, tmp_path: Path) -> None:
    """The mock does not serve it."""
    page, spec = tmp_path / "page.md", tmp_path / "api.yaml"
    page.write_text("```sh\ncurl https://one.example.com/things\n```\n")
    spec.write_text(THINGS)
    result = conformance("lint", "--spec", spec, "--samples", page)
    assert result.exit_code == 0, result.output
    assert "sends GET https://one.example.com/things" in result.stdout
    assert "not run: the mock serves the bundled documents only" in result.stdout
    assert conformance("lint", "--samples", tmp_path / "none.md").exit_code == 2


def test_an_overlay_may_name_what_the_earlier_document_lacked(conformance, tmp_path: Path) -> None:
    """An operation that comes with what its overlay states of it breaks nobody."""
    head = (
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n"
        "servers: [{url: 'https://a.example', description: main}]\npaths:\n"
    )
    first = "  /a: {get: {operationId: a, responses: {'200': {description: ok}}}}\n"
    second = first.replace("/a", "/b").replace(": a,", ": b,")
    old, new, overlay = (tmp_path / name for name in ("old.yaml", "new.yaml", "overlay.yaml"))
    old.write_text(head + first)
    new.write_text(head + first + second)
    overlay.write_text(
        "overlay: 1.0.0\ninfo: {title: o, version: '1'}\nactions:\n"
        "  - target: $.paths['/b'].get\n    update: {description: more}\n"
    )

    result = conformance("lint", "--spec", new, "--overlay", overlay, "--against", old)
    assert (result.exit_code, result.stdout) == (0, "OK\n")
    gone = conformance("lint", "--spec", old, "--against", new)
    assert (gone.exit_code, gone.stdout) == (1, "GET /b: the operation is gone\n")


def test_mends_do_not_take_the_place_of_the_document(conformance, tmp_path: Path) -> None:
    """Not even with --force."""
    spec = tmp_path / "openapi.yaml"
    text = (SPEC / "openapi.yaml").read_text("utf-8")
    spec.write_text(text)
    refused = conformance("lint", "--spec", spec, "--fix-overlay", spec, "--force")
    assert refused.exit_code == 2
    assert f"--fix-overlay {spec}: is what is judged." in refused.stderr
    assert spec.read_text() == text
