"""Small documents of each kind from the command line: what is asked of them, and what is said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.program import conformance
from tests.support.small_api import KEY, serving

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.support.small_api import SmallApi

SMOKE = "--profile=smoke"
PET = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
}
ERROR = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
NUMBER = {"name": "n", "in": "query", "schema": {"type": "integer"}}


def in_json(schema: Any) -> dict[str, Any]:
    """A response, or a body, of this schema."""
    return {"description": "ok", "content": {"application/json": {"schema": schema}}}


def operation(success: dict[str, Any], status: str = "200", **more: Any) -> dict[str, Any]:
    """An Operation Object with one success, and errors in JSON."""
    return {
        "parameters": [NUMBER],
        "responses": {status: success, "default": in_json(ERROR)},
    } | more


def run(
    folder: Path,
    api: SmallApi,
    paths: dict[str, Any],
    *more: str,
    keys: dict[str, str] | None = None,
    **document: Any,
) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    """A run of two regions on a document with these paths, and its report."""
    info = {"title": "Small", "version": "1"}
    text = json.dumps({"openapi": "3.0.3", "info": info, "paths": paths, **document})
    (folder / "api.json").write_text(text)
    regions = [f"--region={name}={api.url}" for name in ("a", "b")]
    asked = ["--spec=api.json", *regions, "--seed=1", "--out=out", *more]
    variables = {"CONFORMANCE_KEY": KEY} if keys is None else keys
    ended = conformance("run", *asked, folder=folder, variables=variables)
    report = folder / "out" / "report.json"
    return ended, json.loads(report.read_text("utf-8")) if report.exists() else {}


def judged(report: dict[str, Any]) -> set[str]:
    """The operations on which anything was judged."""
    return {one["operation"] for one in report["results"] if one["outcome"] != "not_applicable"}


@pytest.mark.parametrize(
    "paths",
    [
        {"/pet": {"get": operation(in_json(PET))}},
        {"/pet": {"get": operation(in_json(PET), parameters=[])}},
        {"/ping": {"get": operation({"description": "nothing"}, "204")}},
        {"/text": {"get": operation({"description": "ok", "content": {"text/plain": {}}})}},
        {"/pets/{id}": {"get": operation(
            in_json(PET),
            parameters=[{"name": "id", "in": "path", "required": True, "example": 7,
                         "schema": {"type": "integer"}}],
        )}},
        {"/search": {"get": operation(
            in_json({"type": "array", "items": PET}),
            parameters=[{"name": "q", "in": "query", "required": True,
                         "schema": {"type": "string", "minLength": 1}}],
        )}},
    ],
    ids=["plain", "without parameters", "no content", "text", "value in the path", "required query"],
)  # fmt: skip
def test_a_healthy_api_conforms(tmp_path, paths) -> None:
    """Whatever its requests need and its answers are."""
    with serving() as api:
        # Of a single parameter a smoke run compares too few requests.
        ended, report = run(tmp_path, api, paths, "--profile=standard")
    assert (ended.returncode, report["verdict"]) == (0, "conformant"), ended.stdout
    assert len(judged(report) - {"document"}) == 1


def test_a_key_in_a_header_is_read_from_the_environment_and_sent(tmp_path) -> None:
    """It is judged as what it is: another scheme, another place, a wrong one are refused."""
    schemes = {"k": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}
    paths = {"/keyed": {"get": operation(in_json(PET), security=[{"k": []}])}}
    with serving() as api:
        ended, report = run(tmp_path, api, paths, SMOKE, components={"securitySchemes": schemes})
    assert ended.returncode == 0, ended.stdout
    outcomes = {one["requirement"]: one["outcome"] for one in report["results"]}
    assert outcomes["AUT-02"] == outcomes["AUT-03"] == outcomes["AUT-06"] == "passed"


PETS = {
    "/pets": {
        "get": operation(in_json({"type": "array", "items": PET})),
        "post": operation(
            in_json(PET),
            "201",
            parameters=[],
            requestBody={"required": True, **in_json({**PET, "required": ["name"]})},
        ),
        "delete": operation({"description": "all gone"}, "204", parameters=[]),
    }
}


def test_nothing_that_changes_state_is_sent_without_the_flag(tmp_path) -> None:
    """The operations are listed with the reason."""
    with serving() as api:
        ended, report = run(tmp_path, api, PETS, SMOKE)
        assert api.methods() <= {"GET", "HEAD", "OPTIONS", "TRACE", "PROPFIND"}
    assert ended.returncode == 0, ended.stdout
    assert judged(report) == {"document", "get-pets"}
    assert "asked 1 of 3 operations; not asked:" in ended.stdout
    assert "--allow-unsafe-methods allows it" in ended.stdout


def test_with_the_flag_a_write_carries_a_valid_body_and_a_delete_needs_more(tmp_path) -> None:
    """What was deleted is gone, so an overlay must allow it."""
    with serving() as api:
        _, report = run(tmp_path, api, PETS, SMOKE, "--allow-unsafe-methods")
        bodies = [json.loads(body) for method, _, body in api.asked if method == "POST" and body]
        assert "DELETE" not in api.methods()
    assert judged(report) == {"document", "get-pets", "post-pets"}
    assert any("name" in body for body in bodies if isinstance(body, dict))


@pytest.mark.parametrize(
    ("paths", "reason"),
    [
        ({"/pets/{id}": {"get": operation(in_json(PET))}}, "the document gives no value for {id}"),
        ({"/pets": {"post": PETS["/pets"]["post"]}}, "a request could change state"),
    ],
)
def test_where_nothing_can_be_asked_nothing_is_conformant(tmp_path, paths, reason) -> None:
    """The run is unverified, and says why nothing was asked."""
    with serving() as api:
        ended, report = run(tmp_path, api, paths, SMOKE)
    assert (ended.returncode, report["verdict"]) == (3, "unverified")
    assert "asked 0 of 1 operation" in ended.stdout
    assert reason in ended.stdout


def test_filters_choose_operations(tmp_path) -> None:
    """What they leave out is sent nothing, and is counted with the option as reason; a filter that
    leaves nothing is an error of usage.
    """
    pet = in_json(PET)
    paths = {
        "/pet": {"get": operation(pet, tags=["pets"])},
        "/text": {"get": operation({"description": "ok"}, tags=["texts"])},
    }
    with serving() as api:
        ended, report = run(tmp_path, api, paths, SMOKE, "--tag=pets")
        assert {path for _, path, _ in api.asked if path in paths} == {"/pet"}
        assert judged(report) - {"document"} == {"get-pet"}
        assert "1 because --tag leaves it out" in " ".join(ended.stdout.split())

        api.asked.clear()
        nothing, _ = run(tmp_path, api, paths, SMOKE, "--path=/pet", "--tag=texts")
        assert (nothing.returncode, api.asked) == (2, [])
        assert "leave no operation" in nothing.stderr


SCHEMES = {
    "main": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "app-id": {"type": "apiKey", "in": "header", "name": "X-App-Id"},
    "app-key": {"type": "apiKey", "in": "header", "name": "X-App-Key"},
}
KEYS = {
    "CONFORMANCE_KEY": KEY,
    "CONFORMANCE_KEY_APP_ID": "app-id-0123456789",
    "CONFORMANCE_KEY_A_APP_KEY": "app-key-abcdefghij",
    "CONFORMANCE_KEY_B_APP_KEY": "app-key-abcdefghij",
}
BOTH: dict[str, list[str]] = {"app-id": [], "app-key": []}


def secured(*alternatives: dict[str, list[str]]) -> dict[str, Any]:
    """An operation that needs one of these alternatives, and says how it refuses others."""
    described = operation(in_json(PET), security=list(alternatives))
    described["responses"]["401"] = in_json(ERROR)
    return {"get": described}


def failed(report: dict[str, Any], name: str) -> set[str]:
    """The requirements that failed on an operation."""
    results = [one for one in report["results"] if one["operation"] == name]
    return {one["requirement"] for one in results if one["outcome"] == "failed"}


def test_each_scheme_has_its_own_key(tmp_path) -> None:
    """Schemes that are needed together, by themselves, and as alternatives, in one document; a server
    that checks one of two keys is found, and no key stands in a report.
    """
    paths = {"/keyed": secured({"main": []}), "/both": secured(BOTH)}
    paths["/either"] = secured({"main": []}, BOTH)
    with serving() as api:
        schemes = {"securitySchemes": SCHEMES}
        _, report = run(tmp_path, api, paths, keys=KEYS, components=schemes)
        assert {name: failed(report, name) for name in ("get-keyed", "get-both", "get-either")} == {
            "get-keyed": set(),
            "get-both": set(),
            "get-either": set(),
        }
        api.unchecked = ("X-App-Key",)
        only = ("--only=AUT-0[1-3]",)
        _, report = run(tmp_path, api, paths, *only, keys=KEYS, components=schemes)
        assert "AUT-03" in failed(report, "get-both")
        assert "AUT-03" in failed(report, "get-either")
        assert failed(report, "get-keyed") == set()
    written = "".join(
        each.read_text("utf-8", "replace")
        for each in (tmp_path / "out").iterdir()
        if each.is_file()
    )
    assert "$CONFORMANCE_KEY_A_APP_KEY" in written
    assert not any(value in written for value in KEYS.values())


def test_a_missing_key_of_a_scheme_is_one_sentence(tmp_path) -> None:
    """It names the variable; nothing is asked."""
    with serving() as api:
        keys = {"CONFORMANCE_KEY": KEY, "CONFORMANCE_KEY_APP_ID": "app-id-0123456789"}
        schemes = {"securitySchemes": SCHEMES}
        ended, _ = run(tmp_path, api, {"/both": secured(BOTH)}, keys=keys, components=schemes)
        assert (ended.returncode, api.asked) == (2, [])
        assert "CONFORMANCE_KEY_A_APP_KEY is not set" in ended.stderr
