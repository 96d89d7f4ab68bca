"""The page as a file: size, policy, no way out of the data it carries."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest

from conformance.reports.html.links import json_for_script, policy, unbroken
from conformance.reports.html.page import write_html
from tests.support.samples import cut, faulty_region, green, hostile, many, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]

SAMPLES = [green, one_fault, faulty_region, cut, hostile, many]


def page(report: Report) -> str:
    target = io.StringIO()
    write_html(report, report.source, target)
    return target.getvalue()


@pytest.mark.parametrize("sample", SAMPLES)
def test_it_is_small_and_stands_alone(concluded: Concluded, sample: Callable[[], Sample]) -> None:
    """Under a megabyte, and nothing in it is fetched from anywhere."""
    text = page(concluded(sample()))
    assert len(text.encode()) < 1_000_000
    assert re.findall(r"<(?:link|img|iframe|object|embed)\b|\bsrc=(?!x)|@import|url\(", text) == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_policy_allows_what_is_there_and_nothing_else(
    concluded: Concluded, sample: Callable[[], Sample]
) -> None:
    """The hashes are those of the style and the script; no attribute holds either."""
    text = page(concluded(sample()))
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert policy([style], [script]).replace("'", "&#39;") in text
    assert "unsafe" not in policy([style], [script])
    assert re.findall(r"<[a-z][^<>]*\s(?:style|on[a-z]+)=\"", text) == []


def test_huge_bodies_do_not_make_a_huge_page(concluded: Concluded) -> None:
    """What is left out is said; the line that the finding speaks of is kept."""
    sample = one_fault()
    rows = ",\n".join(f'{{"id": {place}, "name": "{"x" * 200}"}}' for place in range(9_000))
    for exchange in sample.exchanges:
        exchange["response"]["body"] = f'{{"data": [{rows}], "has_more": true}}'
    text = page(concluded(sample))
    assert len(text.encode()) < 1_000_000
    assert "lines: see traffic.har" in text
    assert "<mark>&#34;has_more&#34;: true</mark>" in text


def test_many_problems_are_bounded_and_counted(concluded: Concluded) -> None:
    """A server on which all is broken still gives a page that opens."""
    sample, [shown] = many(), one_fault().judgement("PAG-03", "india")["findings"]
    letters = str.maketrans(
        "0123456789", "abcdefghij"
    )  # those that differ in numbers alone are one
    for judged in sample.judgements:
        named = judged["operation"].translate(letters)
        judged["findings"] = [shown | {"actual": f"{shown['actual']} of {named}"}]
    text = page(concluded(sample))
    assert text.count('class="card ') == 150
    assert "more problems are in the table of all results" in text


def test_data_cannot_end_its_element() -> None:
    """JSON in a page is still markup to a parser."""
    text = json_for_script({"a": "</script><!-- &\u2028"})
    assert not set("<>&\u2028") & set(text)


def test_merged_runs_are_shown_each_by_itself(concluded: Concluded) -> None:
    """Where two runs disagree both stand on the page."""
    sample = one_fault()
    again = dict(sample.judgement("PAG-03", "india")) | {"run": "second", "findings": []}
    sample.judgements.append(again)
    text = page(concluded(sample))
    assert "Each run by itself" in text
    assert "second" in text


def test_it_says_how_to_judge_again(concluded: Concluded) -> None:
    """The command names the target, the requirement and the seed."""
    text = re.sub(r"<[^>]+>", "", page(concluded(one_fault())))
    assert "conformance run --target live --only PAG-03 --seed 7421" in text


def test_words_with_hyphens_are_kept_whole() -> None:
    """Options of a command and names of operations; what is around them stays text."""
    shown = unbroken('curl -H "a <b>" --path-as-is, list-calls http://a-b.example/c-d')
    word = '<span class="word">{}</span>'.format
    options = (
        f"curl {word('-H')} &#34;a &lt;b&gt;&#34; {word('--path-as-is')}, {word('list-calls')}"
    )
    assert shown == f"{options} http://a-b.example/c-d"
