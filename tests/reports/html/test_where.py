"""Where a finding fails: in words, as a picture, as text."""

from __future__ import annotations

from conformance.events.model import Fails
from conformance.reports.html.where import where_as_text, where_in_words, where_picture

LIMIT = Fails("limit", 37, 41, 1, 100)
OFFSET = Fails("offset", 61, 136, 0, 136)


def test_an_interval_is_said_as_a_person_would() -> None:
    """Its ends matter only where they are not those of the axis."""
    assert where_in_words([LIMIT, OFFSET]) == "limit 37 to 41, offset 61 and above"
    assert where_in_words([Fails("limit", 1, 100, 1, 100)]) == "any limit"
    assert where_in_words([Fails("limit", 1, 9, 1, 100)]) == "limit up to 9"
    assert where_in_words([Fails("limit", 9, 9, 1, 100)]) == "limit 9"


def test_two_axes_are_an_area_and_one_is_a_line() -> None:
    """The failing part lies where it does on its axes, large values up and to the right."""
    area = where_picture([LIMIT, OFFSET])
    assert area is not None
    assert (area.across, area.upward) == ("offset", "limit")
    assert area.x + area.wide == area.width
    assert area.height * 0.5 < area.y < area.height * 0.65
    line = where_picture([LIMIT])
    assert line is not None
    assert (line.upward, line.y, line.high) == ("", 0.0, line.height)


def test_what_fails_everywhere_or_nowhere_has_no_picture() -> None:
    """A filled box would show nothing."""
    assert where_picture([]) is None
    assert where_picture([Fails("limit", 1, 100, 1, 100)]) is None
    assert where_picture([Fails("offset", 0, 0, 0, 0)]) is None


def test_a_page_without_pictures_draws_with_letters() -> None:
    """A bar for each axis, as long as asked for."""
    (line,) = where_as_text([OFFSET], 10)
    assert line == "  offset 0 ····██████ 136  offset 61 and above"
