"""The styles of paging beside limit/offset: how each asks, follows and reads."""

from __future__ import annotations

import pytest

from conformance.contract import ContractError
from conformance.contract.entry import NAME, Entry
from conformance.contract.origins import Origins
from conformance.contract.pagination import (
    STYLES,
    Listing,
    NotAddressable,
    Role,
    known_fields,
    read_pagination,
)
from conformance.contract.source import Source

BOUNDS = {"items": "/rows", "default_limit": 10, "maximum_limit": 50}
PAGES = BOUNDS | {"page": "page", "size": "per_page"}
CURSORS = BOUNDS | {"limit": "limit", "cursor": "after", "next_cursor": "/next"}
ROWS = BOUNDS | {"limit": "limit", "cursor": "starting_after", "row_cursor": "/id"}
ENDS = BOUNDS | {"cursor": "after", "end_cursor": "/page/end", "has_more": "/page/more"}
URLS = BOUNDS | {"limit": "limit", "next": "/links/next", "last": "/links/last"}
HEADERS = BOUNDS | {"items": "", "limit": "limit", "link_header": True}


def entry(values, tmp_path) -> Entry:
    """An overlay's entry, of a file that does not matter."""
    path = tmp_path / "openapi.json"
    path.write_text("{}")
    return Entry(values, ("paths", NAME, "pagination"), Origins(Source(path)), "x")


@pytest.fixture
def paging(tmp_path):
    """The style that the keys of an overlay tell."""

    def read(values):
        style = read_pagination(entry(values, tmp_path))
        assert style is not None
        return style

    return read


def no_header(_name):
    return None


@pytest.mark.parametrize(
    ("values", "style"),
    [
        (BOUNDS | {"limit": "l", "offset": "o"}, "limit_offset"),
        (BOUNDS | {"limit": "l", "offset": "o", "next": "/next"}, "limit_offset"),
        (PAGES, "page_size"),
        (PAGES | {"next_page": "/next"}, "page_size"),
        (CURSORS, "cursor"),
        (ROWS, "cursor"),
        (ENDS, "cursor"),
        (URLS, "next_url"),
        (HEADERS, "link_header"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_keys_tell_the_style(paging, values, style) -> None:
    """No key is read under another style, and each is known to lint."""
    assert paging(values).style == style
    assert set(values) <= set(known_fields(values))
    assert paging(values | {"style": style}).style == style


def test_a_style_that_is_none_is_refused(paging, tmp_path) -> None:
    """The sentence names those that there are."""
    with pytest.raises(ContractError, match=", ".join(STYLES)):
        read_pagination(entry({"style": "scroll"}, tmp_path))


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        (PAGES | {"cursor": "c"}, "no check reads cursor"),
        (PAGES | {"default_limit": 51}, "expected at most maximum_limit"),
        (PAGES | {"total": "/n", "total_header": "X-Total"}, "a total stands in one place"),
        (URLS | {"link_header": True}, "links stand in one place"),
        (HEADERS | {"link_header": "yes"}, "expected true or false"),
        (CURSORS | {"altered_cursors": "ignored"}, "expected refused, or nothing"),
        (BOUNDS | {"style": "next_url"}, "next is missing"),
        (BOUNDS | {"style": "cursor", "next_cursor": "/n"}, "cursor is missing"),
        (CURSORS | {"row_cursor": "/id"}, "expected one of next_cursor, end_cursor, row_cursor"),
        (ENDS | {"has_more": None}, "the last page has one too"),
        (PAGES | {"next_page": "/n", "next": "/next"}, "one place leads on"),
        (ROWS | {"altered_cursors": "refused"}, "any value of a row is a cursor"),
    ],
)
def test_what_contradicts_itself_is_refused(values, problem, tmp_path) -> None:
    """One sentence, with the key."""
    with pytest.raises(ContractError, match=problem):
        read_pagination(entry(values, tmp_path))


def test_pages_have_numbers(paging) -> None:
    """From the first one on, in pages of the size that is asked for; none starts within another."""
    style = paging(PAGES)
    assert style.window(5, 20) == (("per_page", "5"), ("page", "5"))
    assert style.window(None, 20) == (("page", "3"),)
    assert style.window(5) == (("per_page", "5"),)
    assert paging(PAGES | {"first_page": 0}).window(5, 20)[1] == ("page", "4")
    with pytest.raises(NotAddressable):
        style.window(5, 3)
    assert (style.aligned(5, 13), style.aligned(None, 13), style.aligned(0, 3)) == (10, 10, 3)
    assert (style.start_of(3, 5), style.behind(5, 10, 2)) == (10, 15)
    assert style.addressable
    assert style.may_miss_past_end


def test_a_page_without_a_size_has_the_default_one(paging) -> None:
    """Its parameter is the number alone, and one number is both bounds."""
    style = paging({"items": "", "page": "page", "default_limit": 30})
    assert [parameter.role for parameter in style.parameters] == [Role.NUMBER]
    assert (style.sized, style.default_size, style.maximum_size) == (False, 30, 30)
    assert style.window(30, 60) == (("page", "3"),)


def test_a_page_is_followed_by_the_next_number(paging) -> None:
    """Until a flag, a total or an empty page says that there is none."""
    style = paging(PAGES)
    assert style.following(Listing((1, 2)), 5, 10) == (("per_page", "5"), ("page", "4"))
    assert style.following(Listing(()), 5, 10) is None
    assert style.following(Listing((1, 2), has_more=False), 5, 10) is None
    assert style.following(Listing((1,) * 5, total=15), 5, 10) is None
    assert style.following(Listing((1,) * 5, total=16), 5, 10) is not None


def test_pages_go_as_far_as_they_are_documented(paging) -> None:
    """A page behind the last one that may be asked for begins where that one does."""
    bounded = paging(PAGES).reaching(3)
    assert [bounded.aligned(10, start) for start in (0, 25, 30, 1000)] == [0, 20, 20, 20]
    assert bounded.following(Listing((1,) * 10, True), 10, 10) == bounded.window(10, 20)
    assert bounded.following(Listing((1,) * 10, True), 10, 20) is None
    assert paging(PAGES | {"maximum_page": 2}).reaching(3).parameters[1].maximum == 2


def test_pages_are_counted_where_the_answer_says_how_many(paging) -> None:
    """A page behind them may be answered 404."""
    style = paging(PAGES | {"pages": "/pages"})
    assert style.following(Listing((1, 2), pages=3), 5, 10) is None
    assert style.following(Listing((1, 2), pages=4), 5, 10) is not None


def test_a_page_may_have_the_number_of_the_next_one(paging) -> None:
    """A number leads on, null or nothing ends the list; a text is no page."""
    style = paging(PAGES | {"next_page": "/next"})
    listing = style.read({"rows": [1], "next": 3}, no_header)
    assert listing == Listing((1,), following=(("page", "3"),), leads_on=True)
    assert style.following(listing, 5, 5) == (("per_page", "5"), ("page", "3"))
    for end in ({"next": None}, {}):
        last = style.read({"rows": [1], **end}, no_header)
        assert (last.leads_on, style.following(last, 5, 5)) == (False, None)
    assert style.read({"rows": [1], "next": "3"}, no_header) is None
    assert (style.tells_more, style.pointers) == (True, ("/rows", "/next"))


def test_the_cursor_of_the_last_row_leads_on_where_the_flag_says_so(paging) -> None:
    """The last page has one too, and that says nothing of a next page."""
    style = paging(ENDS)
    more = {"rows": [1], "page": {"end": "c", "more": True}}
    last = {"rows": [1], "page": {"end": "c", "more": False}}
    none = {"rows": [], "page": {"end": None, "more": False}}
    assert style.read(more, no_header) == Listing((1,), True, following=(("after", "c"),))
    assert style.read(last, no_header) == Listing((1,), False)
    assert style.read(none, no_header) == Listing((), False)
    assert style.read({"rows": [1], "page": {"end": [], "more": True}}, no_header) is None
    assert style.pointers == ("/rows", "/page/more", "/page/end")


@pytest.mark.parametrize("end", [{}, {"next": None}, {"next": ""}])
def test_a_cursor_leads_on_while_there_is_one(paging, end) -> None:
    """A text or a number; the size goes with it."""
    style = paging(CURSORS)
    listing = style.read({"rows": [1], "next": "abc"}, no_header)
    assert listing is not None
    assert (listing.leads_on, listing.following) == (True, (("after", "abc"),))
    assert style.following(listing, 5, 0) == (("limit", "5"), ("after", "abc"))
    last = style.read({"rows": [1]} | end, no_header)
    assert last == Listing((1,), leads_on=False)
    assert style.following(last, 5, 5) is None
    assert style.pointers == ("/rows", "/next")


def test_the_last_row_may_be_the_cursor(paging) -> None:
    """Until a flag says that there is no more, or a page has no rows."""
    bare, flagged = paging(ROWS), paging(ROWS | {"has_more": "/more"})
    listing = bare.read({"rows": [{"id": 7}, {"id": 9}]}, no_header)
    assert listing is not None
    assert bare.following(listing, 5, 0) == (("limit", "5"), ("starting_after", "9"))
    assert (listing.leads_on, bare.tells_more, flagged.tells_more) == (None, False, True)
    assert bare.read({"rows": []}, no_header).following is None
    assert bare.read({"rows": [{"name": "x"}]}, no_header).following is None
    last = flagged.read({"rows": [{"id": 7}], "more": False}, no_header)
    assert last is not None
    assert last.following is None


def test_a_flag_may_say_that_nothing_follows(paging) -> None:
    """The same as one that says whether more does; one of the two is enough."""
    style = paging(ROWS | {"is_last": "/last"})
    assert style.tells_more
    assert "/last" in style.pointers
    for last in (True, False):
        listing = style.read({"rows": [{"id": 7}], "last": last}, no_header)
        assert listing is not None
        assert (listing.has_more, listing.following is None) == (not last, last)
    assert style.read({"rows": [{"id": 7}], "last": "no"}, no_header) is None
    with pytest.raises(ContractError, match="one flag says whether more follows"):
        paging(ROWS | {"is_last": "/last", "has_more": "/more"})


@pytest.mark.parametrize("cursor", [[], {"a": 1}, True, 1.5])
def test_what_is_no_cursor_makes_no_page(paging, cursor) -> None:
    """Nothing could be asked for with it."""
    assert paging(CURSORS).read({"rows": [1], "next": cursor}, no_header) is None


def test_only_the_first_page_has_words_where_pages_are_followed(paging) -> None:
    """In each style in which a page is reached by the one before it."""
    for values in (CURSORS, URLS, HEADERS):
        style = paging(values)
        assert style.window(5, 0) == (("limit", "5"),)
        assert (style.addressable, style.aligned(5, 13)) == (False, 0)
        with pytest.raises(NotAddressable):
            style.window(5, 5)


def test_a_url_is_the_whole_next_request(paging) -> None:
    """Its query alone is taken; other links are kept by what they lead to."""
    style = paging(URLS)
    links = {"next": "https://x.example/things?limit=5&c=a%2Fb", "last": "/things?c=z"}
    listing = style.read({"rows": [1], "links": links}, no_header)
    assert listing is not None
    assert style.following(listing, 7, 0) == (("limit", "5"), ("c", "a/b"))
    assert (listing.links, style.linked, style.tells_more) == (links, True, True)
    last = style.read({"rows": [1], "links": {"next": None, "last": ""}}, no_header)
    assert last == Listing((1,), leads_on=False)
    assert style.read({"rows": [1], "links": {"next": 5}}, no_header) is None


def test_links_of_the_header_are_read_as_those_of_the_body(paging) -> None:
    """`prev` and `previous` are one; other relations are not about pages."""
    style = paging(HEADERS)
    field = '</a?page=2>; rel="next", </a?page=1>; rel="prev", </docs>; rel="help"'
    listing = style.read([1, 2], lambda name: field if name == "link" else None)
    assert listing is not None
    assert listing.links == {"next": "/a?page=2", "previous": "/a?page=1"}
    assert (listing.following, listing.leads_on) == ((("page", "2"),), True)
    assert style.read([1, 2], no_header) == Listing((1, 2), leads_on=False)


@pytest.mark.parametrize(
    ("value", "total"), [("137", 137), ("", None), ("-1", None), ("9" * 20, None), (None, None)]
)
def test_a_total_may_stand_in_a_header(paging, value, total) -> None:
    """A whole number; what is none leaves the page without a total."""
    style = paging(PAGES | {"total_header": "X-Total-Count"})
    listing = style.read({"rows": []}, lambda name: value if name == "x-total-count" else None)
    assert listing is not None
    assert (listing.total, style.tells_total) == (total, True)


def test_links_lead_on_where_windows_can_be_asked_for_too(paging) -> None:
    """An answer's own link goes before what the style would ask."""
    style = paging(BOUNDS | {"limit": "limit", "offset": "offset", "next": "/next"})
    listing = style.read({"rows": [1], "next": "/x?limit=1&offset=9"}, no_header)
    assert listing is not None
    assert style.following(listing, 5, 0) == (("limit", "1"), ("offset", "9"))


def test_altered_cursors_are_refused_where_the_overlay_says_so(paging) -> None:
    """By each style that has a parameter for the cursor."""
    assert paging(CURSORS | {"altered_cursors": "refused"}).refuses_altered
    assert not paging(CURSORS).refuses_altered
    assert not paging(URLS | {"altered_cursors": "refused"}).refuses_altered
    assert paging(URLS | {"altered_cursors": "refused", "cursor": "c"}).refuses_altered


def test_rows_may_be_counted_from_one(paging) -> None:
    """As SCIM does (RFC 7644 3.4.2.4): the first row is number 1."""
    style = paging(BOUNDS | {"limit": "count", "offset": "startIndex", "first_row": 1})
    assert style.window(5, 0) == (("count", "5"), ("startIndex", "1"))
    assert style.window(5, 10) == (("count", "5"), ("startIndex", "11"))
    assert style.start_of(11, 5) == 10
    start = style.parameter(Role.START)
    assert start is not None
    assert (start.default, start.minimum) == (1, 1)
    bounded = style.reaching(21)
    assert bounded.aligned(5, 90) == 20
    assert bounded.window(5, 20) == (("count", "5"), ("startIndex", "21"))


@pytest.mark.parametrize(
    ("place", "value", "total"),
    [
        ("X-Pagination#/TotalCount", '{"TotalCount": 7, "PageSize": 5}', 7),
        ("X-Pagination#/TotalCount", '{"PageSize": 5}', None),
        ("X-Pagination#/TotalCount", '{"TotalCount": "7"}', None),
        ("X-Pagination#/TotalCount", "[7", None),
        ("X-Pagination#/TotalCount", None, None),
        ("Content-Range", "items 0-4/7", 7),
        ("Content-Range", "0-4/*", None),
    ],
)
def test_a_total_may_stand_within_a_header(paging, place, value, total) -> None:
    """As ASP.NET and react-admin have it."""
    style = paging(PAGES | {"total_header": place})
    names = ("x-pagination", "content-range")
    listing = style.read({"rows": []}, lambda name: value if name in names else None)
    assert listing is not None
    assert listing.total == total
