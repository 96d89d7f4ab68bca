"""What samples send, read from their text: pages, curl, Python, JavaScript."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.lint.samples import curl, javascript, python
from conformance.lint.samples.page import samples_of
from conformance.lint.samples.sent import CannotBeRead, Sent

URL = "https://api.example.com/v1/things"
AUTH = ("Authorization", "Bearer <token>")
JSON = ("Content-Type", "application/json")


def test_a_page_has_its_samples_by_language_and_line() -> None:
    """A shell without curl sends nothing; other languages are not read."""
    blocks = (
        "```bash\nls\n```",
        "```sh\ncurl x\n```",
        "- a\n\n  ```js title\n  f()\n  ```",
        "```go\nx\n```",
    )
    page = "# T\n\n" + "\n\n".join(blocks)
    found = [(sample.language, sample.line, sample.code) for sample in samples_of(page)]
    assert found == [("curl", 8, "curl x\n"), ("javascript", 14, "f()\n")]


@pytest.mark.parametrize(
    ("code", "sent"),
    [
        (f"curl {URL}", Sent("GET", URL)),
        (f"$ curl -sSL '{URL}?a=1' | jq .", Sent("GET", f"{URL}?a=1")),
        (f"curl -X PUT \\\n  --url {URL} \\\n  -H 'Authorization: Bearer <token>'",
         Sent("PUT", URL, (AUTH,))),
        (f"curl {URL} --json '{{\"a\": 1}}'", Sent("POST", URL, (JSON,), '{"a": 1}')),
        (f"curl -G {URL} -d a=1 -d b=2", Sent("GET", f"{URL}?a=1&b=2")),
        (f"curl -I {URL}", Sent("HEAD", URL)),
        (f"curl -u me:pw {URL}", Sent("GET", URL, (("Authorization", "Basic bWU6cHc="),))),
        (f"curl {URL} -d a=1", Sent("POST", URL, (("Content-Type", curl.FORM),), "a=1")),
    ],
)  # fmt: skip
def test_a_curl_command_is_read_by_its_options(code, sent) -> None:
    """Up to the pipe behind it."""
    assert list(curl.requests_of(code)) == [sent]


@pytest.mark.parametrize(
    "code", ["curl", "curl --socks5 x y", "curl 'x", f"curl {URL} -d @file", f"curl {URL} -F a=b"]
)
def test_a_curl_command_that_is_not_understood_is_not_guessed(code) -> None:
    """An unknown option may change everything."""
    with pytest.raises(CannotBeRead):
        list(curl.requests_of(code))


@pytest.mark.parametrize(
    ("code", "sent"),
    [
        (f"import requests\nrequests.get('{URL}', params={{'a': True, 'b': None}})",
         Sent("GET", f"{URL}?a=true")),
        (f"url = '{URL}'\nh = {{'X': 'y'}}\nrequests.request('post', url, json={{}}, headers=h)",
         Sent("POST", URL, (("X", "y"), JSON), "{}")),
        (f"k = f\"Bearer {{os.environ['token']}}\"\nrequests.get('{URL}', headers={{'Authorization': k}})",
         Sent("GET", URL, (AUTH,))),
        (f"with httpx.Client() as c:\n    c.delete('{URL}' + '/1', timeout=5)", Sent("DELETE", f"{URL}/1")),
        (f"s = requests.Session()\ns.post('{URL}', data={{'a': 1}}, auth=('me', 'pw'))",
         Sent("POST", URL, (("Content-Type", curl.FORM), ("Authorization", "Basic bWU6cHc=")), "a=1")),
    ],
)  # fmt: skip
def test_a_python_sample_is_read_by_its_syntax_tree(code, sent) -> None:
    """Through a library, a client or a session."""
    assert list(python.requests_of(code)) == [sent]


@pytest.mark.parametrize(
    "code",
    ["requests.get(", "requests.get(url)", "requests.get(f'{x.y}')", "requests.post('u', files={'a': 1})"],
)  # fmt: skip
def test_a_python_sample_that_only_running_tells_is_not_guessed(code) -> None:
    """Values of calls, files, names without a value."""
    with pytest.raises(CannotBeRead):
        list(python.requests_of(code))


@pytest.mark.parametrize(
    ("code", "sent"),
    [
        (f"await fetch('{URL}')", Sent("GET", URL)),
        ("const o = {method: 'put', headers: {'Content-Type': 'application/json'},\n"
         f"body: JSON.stringify({{a: [1, null],}})}}; // x\nfetch(`{URL}`, o).then(r => r.json())",
         Sent("PUT", URL, (JSON,), '{"a": [1, null]}')),
        (f"const id = 7, x = 1; r = await fetch(`{URL}/${{id}}?` + new URLSearchParams({{a: 1}}))",
         Sent("GET", f"{URL}/7?a=1")),
        (f"fetch('{URL}', {{headers: new Headers({{Authorization: `Bearer ${{process.env.token}}`}})}})",
         Sent("GET", URL, (AUTH,))),
        (f"const body = 'x'; const r = fetch('{URL}', {{body, method: 'POST'}})",
         Sent("POST", URL, (("Content-Type", "text/plain;charset=UTF-8"),), "x")),
    ],
)  # fmt: skip
def test_a_javascript_sample_is_read_by_its_expressions(code, sent) -> None:
    """Names that were declared before, objects, templates."""
    assert list(javascript.requests_of(code)) == [sent]


@pytest.mark.parametrize(
    "code", ["fetch(url)", "fetch(a.b())", "fetch('u', {...o})", "fetch(`${x}`)"]
)
def test_a_javascript_sample_that_only_running_tells_is_not_guessed(code) -> None:
    """Values of calls, spreads, names without a value."""
    with pytest.raises(CannotBeRead):
        list(javascript.requests_of(code))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0) | st.text(st.characters(codec="utf-8"), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(VALUES)
def test_any_body_is_read_as_it_is_written(value: Any) -> None:
    """In both languages, whatever the texts hold."""
    written = json.dumps(value)
    code = f"fetch('{URL}', {{method: 'POST', body: JSON.stringify({written})}})"
    [sent] = javascript.requests_of(code)
    assert json.loads(sent.body or "") == value
    if value is not None:
        [sent] = python.requests_of(f"requests.post('{URL}', json={value!r})")
        assert json.loads(sent.body or "") == value
