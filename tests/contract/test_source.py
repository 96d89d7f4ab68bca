"""Reading files: JSON and YAML 1.2, with the line of every part."""

from __future__ import annotations

import json

import pytest

from conformance.contract import ContractError
from conformance.contract.source import Source


@pytest.fixture
def read(tmp_path):
    def make(text, name="x.yaml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Source(path)

    return make


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("2026-01-31", "2026-01-31"),
        ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00Z"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("=", "="),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("null", None),
        ("0o17", 15),
        ("017", 17),
        ("0x1F", 31),
        ("+12", 12),
        ("-0", 0),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-.inf", float("-inf")),
        ("'12'", "12"),
        ("!!str 12", "12"),
        ("", None),
    ],
)
def test_plain_scalars_are_read_by_the_core_schema(read, text, value) -> None:
    """YAML 1.2.2 10.3.2: words, dates and clock times are texts."""
    data = read(f"a: {text}\n").data["a"]
    assert (data, type(data)) == (value, type(value))


def test_keys_are_texts_as_they_are_written(read) -> None:
    """An unquoted status is a status; `on` and `null` are names."""
    assert read("200: a\non: b\nnull: c\n1.10: d\n").data == {
        "200": "a",
        "on": "b",
        "null": "c",
        "1.10": "d",
    }


def test_aliases_and_merges(read) -> None:
    """An alias is a value of its own, amended by itself; a merge yields to what stands there."""
    data = read("a: &x {p: 1, q: 2}\nb: *x\nc: {<<: *x, q: 3}\nd: {<<: [*x, {q: 4, r: 5}]}\n").data
    assert data["b"] == data["a"]
    assert data["b"] is not data["a"]
    assert (data["c"], data["d"]) == ({"p": 1, "q": 3}, {"p": 1, "q": 2, "r": 5})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", r"x\.yaml:3: the key a is there twice; the first is on line 1\."),
        ("a:\n  b: {c: 1, c: 2}\n", r"x\.yaml:2: the key c is there twice"),
        ("a: [", r"x\.yaml:\d+: not valid YAML"),
        ("a: 1\n--- \nb: 2\n", r"x\.yaml:\d+: not valid YAML"),
        ("a: &x [*x]\n", r"x\.yaml:1: an alias stands inside of what it stands for"),
        ("a: !secret b\n", r"x\.yaml:1: the tag !secret stands for nothing that JSON has"),
        ("a: !!int b\n", r"x\.yaml:1: 'b' is not of its tag"),
        ("? [a]\n: 1\n", r"x\.yaml:1: a key is no text"),
        ("a: 1\nb: {<<: 3}\n", r"x\.yaml:2: `<<` merges something that is no mapping"),
        (b"a: 1\nb: \xff\n", r"x\.yaml:2: cannot be read: it is not UTF-8 text"),
    ],
)
def test_what_cannot_be_read_names_file_and_line(read, text, said) -> None:
    """One sentence, with the place where it is mended."""
    with pytest.raises(ContractError, match=said):
        read(text)


def test_aliases_do_not_grow_without_bound(read, monkeypatch) -> None:
    """A few lines that stand for millions of values are refused rather than read."""
    monkeypatch.setattr("conformance.contract.yaml_text.LARGEST", 10_000)
    lines = ["a0: &a0 [1, 2]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    with pytest.raises(ContractError, match="aliases"):
        read("\n".join(lines))


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("name", ["x.yaml", "x.json"])
def test_a_byte_order_mark_is_no_part_of_the_text(read, mark, name) -> None:
    """Editors on Windows write one."""
    assert read(mark + b'{"a": 1}', name).data == {"a": 1}
    assert read('{"a": 1}'.encode("utf-16"), name).data == {"a": 1}


def test_lines_of_a_yaml_text(read) -> None:
    """Of the entry itself, its key first; of what is not there that of the nearest ancestor."""
    source = read("a:\n  b:\n    - c: 1\n    - d: 2\n  '200': x\n")
    assert source.line("a") == 1
    assert source.line("a", "b", 1, "d") == 4
    assert source.line("a", "200") == 5
    assert source.line("a", "b", 7, "d") == 2
    assert source.line("none") == 1
    assert source.place("a", "b") == f"{source.path}:2"


def test_lines_of_a_json_text(read) -> None:
    """The same, whatever stands on one line and whatever the strings hold."""
    text = '{\n\t"a": {"x": [1, "]}\\""],\n\t"b": [\n{"c": 1},\n{"d": 2}]},\n"e": 3}'
    source = read(text, "x.json")
    assert source.data == json.loads(text)
    assert [source.line(*keys) for keys in (("a",), ("a", "b"), ("a", "b", 1, "d"), ("e",))] == [
        2,
        3,
        5,
        6,
    ]
    assert source.line("a", "b", 9) == 3
    assert source.line("a", "x", 0, "y") == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '{"a": 1,\n"b": {"c": 1,\n"c": 2}}',
            r":3: the key c is there twice; the first is on line 2\.",
        ),
        ('{"a": 1,\n}', r"x\.json:2: not valid JSON"),
        ('{"a": NaN}', r"x\.json: not valid JSON: NaN is no number of JSON"),
        ("a: 1", r"x\.json:1: not valid JSON"),
    ],
)
def test_json_is_read_strictly(read, text, said) -> None:
    """RFC 8259: no key twice, no NaN, nothing but JSON."""
    with pytest.raises(ContractError, match=said):
        read(text, "x.json")


def test_a_brace_may_begin_json_or_yaml(read) -> None:
    """JSON under a name of YAML is read as JSON, tabs and all; a flow mapping as YAML."""
    assert read('{\n\t"a": 1\n}').data == {"a": 1}
    assert read("{a: yes, b: 1}").data == {"a": "yes", "b": 1}


@pytest.mark.parametrize("name", ["x.json", "x.yaml"])
def test_half_a_character_is_refused(read, name) -> None:
    """A document with one fails later, where requests are made of it; a whole pair is fine."""
    assert read('{"a": "\\ud83d\\ude00"}', "x.json").data == {"a": "😀"}
    with pytest.raises(ContractError, match=r":2: half of a surrogate pair"):
        read('{"b": 1,\n"a": "\\ud800"}', name)
