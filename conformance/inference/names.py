"""The names by which APIs call the parts of paging, without case, underscores and punctuation."""

from __future__ import annotations

import re

SIZE = (
    *("limit", "perpage", "pagesize", "size", "maxresults", "maxitems", "pagelimit", "max", "top"),
    *("take", "rows", "itemsperpage", "resultsperpage", "numresults", "first", "count"),
)
OFFSET = ("offset", "skip", "startindex", "startat", "firstresult", "pageoffset", "start", "from")
PAGE = ("page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage", "p")
CURSOR = (
    *("cursor", "pagetoken", "nexttoken", "nextpagetoken", "continuationtoken", "after"),
    *("startingafter", "startafter", "pagecursor", "pageafter", "nextcursor", "marker"),
    *("startcursor", "paginationtoken", "skiptoken", "pageinfo", "searchafter", "resumptiontoken"),
    *("exclusivestartkey", "scrollid", "bookmark", "continue", "start", "page", "next"),
)

ROWS = ("items", "data", "results", "rows", "records", "entries", "list", "values", "content")
TOTAL = (
    *("total", "totalcount", "totalitems", "totalresults", "totalelements", "totalrecords"),
    *("totalsize", "totalrows", "recordstotal", "numfound", "count", "itemcount"),
)
HAS_MORE = ("hasmore", "more", "hasnext", "hasnextpage", "moreresults", "hasmoreitems")
IS_LAST = ("islast", "islastpage", "last", "lastpage", "done")
NEXT_CURSOR = (
    *("nextcursor", "nextpagetoken", "nexttoken", "continuationtoken", "nextpagecursor"),
    *("endcursor", "nextmarker", "lastevaluatedkey", "scrollid", "cursor", "bookmark", "next"),
    *("nextpaginationtoken", "paginationtoken", "skiptoken", "aftercursor", "resumptiontoken"),
    *("after", "continue", "nextpage", "offset"),
)
ROW_CURSOR = ("startingafter", "startafter", "afterid", "sinceid", "lastid")
LINKS = {
    "next": (
        "next",
        "nextpage",
        "nexturl",
        "nextlink",
        "nextpageurl",
        "odatanextlink",
        "nexthref",
        "nextpageuri",
        "nexturi",
    ),
    "previous": (
        "previous",
        "prev",
        "previouspage",
        "prevpage",
        "previousurl",
        "prevurl",
        "prevlink",
    ),
    "first": ("first", "firstpage", "firsturl", "firstpageurl"),
    "last": ("last", "lastpage", "lasturl", "lastpageurl"),
}
PAGES = ("totalpages", "pages", "pagecount", "pagestotal", "numpages", "lastpage")
TOTAL_HEADERS = (
    "xtotalcount",
    "xtotal",
    "totalcount",
    "xtotalresults",
    "xpaginationtotal",
    "xcount",
)
# Another name that ends like one of these: `X-WP-Total`.
TOTAL_ENDINGS = ("total", "totalcount", "totalresults", "totalitems", "totalrecords", "totalsize")

IDENTITY = ("id", "uuid", "guid", "key", "sid", "slug", "code", "name")
CREATED = ("createdat", "created", "createdon", "creationdate", "datecreated", "createtime")
UPDATED = (
    "updatedat",
    "updated",
    "updatedon",
    "modifiedat",
    "modified",
    "lastmodified",
    "updatetime",
)

PUNCTUATION = re.compile(r"[^a-z0-9]")


def plain(name: str) -> str:
    """A name as it compares: `page[size]`, `Page-Size` and `pageSize` are one, and so is
    `hydra:pageSize`, whose vocabulary stands before it (JSON-LD 1.1, 4.1.5).
    """
    return PUNCTUATION.sub("", name.lower().rpartition(":")[2])


def is_total_header(name: str) -> bool:
    """Whether a header field says how many rows there are in all, by its name."""
    return plain(name) in TOTAL_HEADERS or plain(name).endswith(TOTAL_ENDINGS)


def rank(name: str, known: tuple[str, ...]) -> int | None:
    """How usual a name is for a part, 0 for the most usual; none where it is none for it."""
    return known.index(plain(name)) if plain(name) in known else None
