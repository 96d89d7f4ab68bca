"""What of an answer leads to other pages: URLs, or the cursor of the next one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from conformance.contract.described import parts, property_names, rows_at
from conformance.inference import names
from conformance.inference.keys import Key, named_member
from conformance.inference.shapes import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from conformance.inference.shapes import Member, Shape

    Resolve = Callable[[Any], Any]

TOKEN_SAID = re.compile(r"\b(?:cursor|token)\b", re.IGNORECASE)
URL_SAID = re.compile(r"\b(?:url|uri|link|href)\b", re.IGNORECASE)


def leading(
    shape: Shape, resolve: Resolve, *, takes_cursor: bool, is_asked: bool = True
) -> Iterator[Key]:
    """Links to other pages, or the cursor of the next one, where the operation takes one; in an array
    of links, which may be of anything, where a parameter asks for pages (`is_asked`).
    """
    found = tuple(_leading(shape, resolve, takes_cursor=takes_cursor))
    yield from found
    if is_asked and not found:
        yield from _among_links(shape, resolve)


def _leading(shape: Shape, resolve: Resolve, *, takes_cursor: bool) -> Iterator[Key]:
    links = dict(_links(shape, resolve))
    cursor = named_member("next_cursor", names.NEXT_CURSOR, ("string", "integer"), shape, resolve)
    is_ambiguous = cursor is not None and "next" in links and cursor.value == links["next"].pointer
    if is_ambiguous and (
        _is_url(links["next"], resolve, takes_cursor) or _has_way_back(links, links["next"])
    ):
        cursor = None
    elif is_ambiguous:
        links = {}

    if cursor is not None and takes_cursor:
        yield cursor
    for name, member in links.items():
        if name != "next" or cursor is None or not takes_cursor:
            yield Key(name, member.pointer, f"the member {member.pointer} of the answer, a URL")


def _links(shape: Shape, resolve: Resolve) -> Iterator[tuple[str, Member]]:
    """The members that name other pages by URLs: texts, alone or in an object (`next.href`)."""
    for name, known in names.LINKS.items():
        fitting = [
            member
            for member in shape.members
            if names.rank(member.name, known) is not None
            and "string" in kinds(member.schema, resolve)
            and not _is_token(member, resolve)
        ]
        fitting += [
            member
            for member in shape.members
            if member.name == "href" and names.plain(member.pointer.split("/")[-2]) in known
        ]
        if fitting:
            yield name, min(fitting, key=lambda member: member.pointer.count("/"))


def _among_links(shape: Shape, resolve: Resolve) -> Iterator[Key]:
    """The link to the next page in an array of links, each with what it leads to: `rel` and `href`,
    as OGC API and STAC have them, or `relation` and `url`, as FHIR does.
    """
    for member in shape.members:
        if names.plain(member.name) not in names.LINK_ARRAYS:
            continue
        entry = property_names(rows_at(member.schema, "", resolve), resolve)
        for relation, url in names.LINK_OBJECTS:
            if relation in entry and url in entry:
                place = f"{member.pointer}/[{relation}=next]/{url}"
                why = f"the entry of {member.pointer} whose {relation} is next"
                yield Key("next", place, why)


def _is_token(member: Member, resolve: Resolve) -> bool:
    """Whether a text is said to be a cursor, and not the URL that has one."""
    said = " ".join(str(part.get("description", "")) for part in parts(member.schema, resolve))
    return bool(TOKEN_SAID.search(said)) and not URL_SAID.search(said)


def _is_url(member: Member, resolve: Resolve, takes_cursor: bool) -> bool:
    """Whether a text that leads on is a URL, as far as its schema says; else what is asked for
    tells.
    """
    for part in parts(member.schema, resolve):
        if str(part.get("format", "")).startswith("uri"):
            return True
        example = part.get("example")
        if isinstance(example, str):
            return example.startswith(("http", "/"))
        if URL_SAID.search(str(part.get("description", ""))):
            return True
    return not takes_cursor or names.plain(member.pointer).startswith(("links", "paging"))


def _has_way_back(links: Mapping[str, Member], member: Member) -> bool:
    """Whether a link to another page stands beside a member that leads on, and neither among
    cursors.
    """
    is_among_cursors = "cursor" in names.plain(member.pointer)
    return len(links) > 1 and not is_among_cursors
