"""Small documents of each kind from the command line: what is asked of them, and what is said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.small_api import serving
from tests.support.small_runs import PET, SMOKE, in_json, operation, run


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


def test_a_smoke_run_asks_enough_of_one_parameter(tmp_path) -> None:
    """However little there is to ask, a pass needs its evidence, or all that can be asked."""
    text = {"type": "string", "minLength": 1}
    query = {"name": "q", "in": "query", "required": True, "schema": text, "example": "x"}
    pets = in_json({"type": "array", "items": PET})
    with serving() as api:
        paths = {"/search": {"get": operation(pets, parameters=[query])}}
        ended, report = run(tmp_path, api, paths, SMOKE)
        assert (ended.returncode, report["verdict"]) == (0, "conformant"), ended.stdout
