"""Settling findings: asked again, on data that stand still, that move, that never rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pytest

from conformance.checks import confirm as checks
from conformance.checks.lists import Walk
from conformance.contract import load_contract
from conformance.laws.finding import Finding
from tests.support.lists import exchange, page

LIST = list(range(1, 30))


@dataclass
class Scripted:
    """A sender and its evidence, whose list is what a script says, reading after reading.

    `filed` has, for some rows, the value by which they are filtered in each reading but the first.
    """

    operation = load_contract().operations[0]

    filed: dict = field(default_factory=dict)
    readings: list = field(default_factory=list)
    judged: list = field(default_factory=list)
    unsettled: int = 0
    asked: Counter = field(default_factory=Counter)

    has_moved: bool = False

    paused: list = field(default_factory=list)

    def pause(self, seconds) -> None:
        self.paused.append(seconds)

    def note_moved(self) -> None:
        self.has_moved = True

    def note_unsettled(self) -> None:
        self.unsettled += 1

    def judge(self, requirement, findings, **evidence) -> None:
        self.judged.append(
            (requirement, None if findings is None else len(list(findings)), evidence)
        )

    def longest(self, again) -> Walk:
        self.asked["again" if again else "known"] += 1
        ids = self.readings.pop(0) if again and self.readings else LIST
        one = page(ids, 100, 0)
        filed = self.filed if again else {}
        rows = tuple({"id": at, "agent_id": filed.get(at, 7)} for at in ids)
        moment = exchange()
        moment.began = 2.0 if again else 0.0
        return Walk((one.__class__(0, 100, rows, one.ids, False, len(ids), moment),), True)


@pytest.fixture
def subject(monkeypatch):
    scripted = Scripted()
    monkeypatch.setattr(checks, "longest", lambda subject, again=False: subject.longest(again))
    return scripted


def finding(began=1.0):
    shown = exchange()
    shown.began = began
    return [Finding("a", "b", (shown,))]


def test_nothing_found_is_evidence(subject) -> None:
    """An experiment that finds nothing is not asked again."""
    assert not checks.confirm(subject, subject, "PAG-07", lambda again: [], windows=1)
    assert subject.judged == [("PAG-07", 0, {"windows": 1})]
    assert not subject.asked


def test_what_stands_is_a_finding(subject) -> None:
    """Seen again twice between readings that agree."""
    assert checks.confirm(subject, subject, "PAG-07", lambda again: finding(), windows=1)
    assert subject.judged == [("PAG-07", 1, {"windows": 1})]
    assert subject.asked["again"] == 3


def test_what_is_gone_when_asked_again_is_none(subject) -> None:
    """A row that came between two answers explains the first, and nothing the second."""
    assert not checks.confirm(
        subject, subject, "PAG-07", lambda again: [] if again else finding(), windows=1
    )
    assert subject.judged == [("PAG-07", 0, {"windows": 1})]


def test_data_that_never_rest_are_no_evidence(subject) -> None:
    """Where every reading differs nothing is claimed, and the next time less patience is shown."""
    subject.readings = [[*LIST, 100 + at] for at in range(60)]
    assert not checks.confirm(subject, subject, "PAG-07", lambda again: finding(), windows=1)
    assert subject.judged == [
        ("PAG-07", None, {"windows": 1})
    ]  # which Evidence.judge counts as no evidence
    assert subject.unsettled == 1
    first = subject.asked["again"]
    checks.confirm(subject, subject, "PAG-07", lambda again: finding(), windows=1)
    assert subject.asked["again"] - first < first


def test_what_is_wrong_within_an_answer_needs_no_rest(subject) -> None:
    """An answer that contradicts itself does so whatever the data do meanwhile."""
    subject.readings = [[*LIST, 100 + at] for at in range(60)]
    assert checks.confirm(
        subject, subject, "PAG-03", lambda again: finding(), inherent=True, pages=1
    )
    assert subject.judged == [("PAG-03", 1, {"pages": 1})]


def test_an_answer_that_was_wrong_once_counts_where_nothing_moved(subject) -> None:
    """The list reads as before the finding, so no change explains it: it is the repeated request's
    law.
    """
    wrong_once = finding(began=1.0)
    assert checks.confirm(
        subject,
        subject,
        "PAG-07",
        lambda again: [] if again else wrong_once,
        exceeds=lambda changes: True,
        windows=1,
    )
    assert subject.judged == [("PAG-08", 1, {}), ("PAG-07", 0, {"windows": 1})]


def test_a_row_that_is_filed_elsewhere_has_moved(subject) -> None:
    """It came to one filtered list and went from another, though the whole list reads the same."""
    subject.filed = {3: 42}
    wrong_once = finding(began=1.0)
    assert not checks.confirm(
        subject,
        subject,
        "PAG-01",
        lambda again: [] if again else wrong_once,
        exceeds=lambda changes: True,
        comparisons=1,
    )
    assert subject.judged == [("PAG-01", 0, {"comparisons": 1})]


def test_rows_that_came_and_went_explain_what_is_no_more_than_they_make(subject) -> None:
    """As many as the time between the readings allows: two a second, and one."""
    heard = []

    def beyond(changes):
        heard.append(changes)
        return changes < 5

    wrong_once = finding(began=1.0)
    subject.has_moved = True
    for _ in range(2):
        checks.confirm(
            subject,
            subject,
            "PAG-07",
            lambda again: [] if again else wrong_once,
            exceeds=beyond,
            windows=1,
        )
    assert heard == [5, 5]
    assert subject.judged == [("PAG-07", 0, {"windows": 1})] * 2


def test_a_list_that_was_never_seen_to_move_is_allowed_one_change(subject) -> None:
    """However long it took to ask: what is excused is what was seen."""
    assert checks.confirm(
        subject,
        subject,
        "PAG-07",
        lambda again: [] if again else finding(began=1.0),
        exceeds=lambda changes: changes == 1,
        windows=1,
    )


def test_what_a_list_that_moves_shows_is_asked_more_often(subject) -> None:
    """Two readings may agree although a row went and came back in between."""
    subject.has_moved = True
    found = [finding(), finding(), finding(), []]
    assert not checks.confirm(subject, subject, "PAG-07", lambda again: found.pop(0), windows=1)
    assert not found
    assert len(set(subject.paused)) == len(subject.paused) == 3


def test_the_reading_itself_may_be_what_is_compared(subject, monkeypatch) -> None:
    """A finding shows the list's own answers beside the one that differs."""
    known = subject.longest(again=False)
    monkeypatch.setattr(
        checks, "longest", lambda subject, again=False: subject.longest(again) if again else known
    )
    shown = [Finding("a", "b", (*finding()[0].exchanges, known.pages[0].exchange))]
    assert checks.confirm(
        subject,
        subject,
        "PAG-04",
        lambda again: [] if again else shown,
        exceeds=lambda changes: True,
        answers=1,
    )
    assert subject.judged[0] == ("PAG-08", 1, {})


def test_an_answer_from_before_the_list_was_read_proves_nothing(subject) -> None:
    """What it compares may have changed between it and the first reading."""
    early = finding(began=-1.0)
    assert not checks.confirm(
        subject,
        subject,
        "PAG-07",
        lambda again: [] if again else early,
        exceeds=lambda changes: True,
        windows=1,
    )
    assert subject.judged == [("PAG-07", 0, {"windows": 1})]


def test_of_many_suspects_a_few_are_confirmed(subject) -> None:
    """Two that are confirmed speak for all; the rest is neither evidence nor asked."""
    assert checks.confirm_samples(
        subject, subject, "PAG-07", [(lambda again: finding(), None)] * 50, windows=1
    )
    assert len(subject.judged) == checks.ENOUGH
