"""Operations of one URL, told apart by a fragment that no request carries."""

from __future__ import annotations

from tests.support.contracts import loaded

PATHS = """\
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /shared:
    get: &file
      responses: {200: {description: file, content: {application/json: {schema: {const: file}}}}}
  /shared#folder:
    get:
      responses:
        200: {description: folder, content: {application/json: {schema: {const: folder}}}}
        404: {description: none}
  /shared#same: {get: *file}
  /other: {get: {responses: {200: {description: other}}}}
"""


def test_each_has_the_answers_of_all(tmp_path) -> None:
    """Which of them an answer is of, nothing says."""
    *twins, other = loaded(tmp_path, PATHS).operations
    either = {"anyOf": [{"const": "file"}, {"const": "folder"}]}
    for one in twins:
        assert list(one.responses) == ["200", "404"]
        assert one.responses["200"]["content"]["application/json"]["schema"] == either
    assert list(other.responses) == ["200"]


def test_one_that_allows_anything_makes_all_allow_it(tmp_path) -> None:
    """A media type without a schema says nothing of the body."""
    text = PATHS.replace("{schema: {const: folder}}", "{}")
    first = loaded(tmp_path, text).operations[0]
    assert "schema" not in first.responses["200"]["content"]["application/json"]
