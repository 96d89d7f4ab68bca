"""Doors that one request tries at once."""

from __future__ import annotations

from conformance.checks.experiments import doors

PATH = "/v1/things"
ALL = [
    *doors.trusted_headers(PATH, "https://api.example"),
    *doors.spellings(PATH),
    *doors.protocols(PATH),
    *doors.parameters(PATH),
]


def test_each_door_is_tried_in_one_group() -> None:
    """None is lost, and none is tried twice."""
    groups = doors.together(ALL)
    assert sorted(door.name for group in groups for door in group) == sorted(
        door.name for door in ALL
    )
    assert len(groups) < len(ALL) - 15


def test_a_group_has_each_field_once_and_one_target() -> None:
    """What one door adds does not take the place of what another adds."""
    for group in doors.together(ALL):
        names = [name.lower() for door in group for name, _ in door.headers]
        assert len(names) == len(set(names))
        assert len({(door.path, door.method, door.version, door.absolute) for door in group}) == 1


def test_what_changes_the_meaning_of_a_request_is_tried_by_itself() -> None:
    """A conditional request may be answered otherwise for its own sake."""
    for group in doors.together(ALL):
        names = {name.lower() for door in group for name, _ in door.headers}
        assert len(group) == 1 or not names & doors.MEANINGFUL


def test_a_joined_door_carries_what_each_of_its_doors_does() -> None:
    """Header fields and parameters alike."""
    for group in doors.together(ALL):
        joined = doors.joined(group)
        assert set(joined.headers) == {field for door in group for field in door.headers}
        assert joined.query.split("&") == "&".join(
            door.query for door in group if door.query
        ).split("&")
