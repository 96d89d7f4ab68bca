"""The names by which APIs call the parts of paging, without case, underscores and punctuation."""

from __future__ import annotations

import re

SIZE = (
    *("limit", "perpage", "pagesize", "size", "maxresults", "maxitems", "pagelimit", "max", "top"),
    *("take", "rows", "itemsperpage", "resultsperpage", "numresults", "first", "count", "n"),
)
OFFSET = ("offset", "skip", "startindex", "startat", "firstresult", "pageoffset", "start", "from")
PAGE = ("page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage", "p")
CURSOR = (
    *("cursor", "pagetoken", "nexttoken", "nextpagetoken", "continuationtoken", "after"),
    *("startingafter", "startafter", "pagecursor", "pageafter", "nextcursor", "marker"),
    *("startcursor", "paginationtoken", "skiptoken", "pageinfo", "searchafter", "resumptiontoken"),
    *("exclusivestartkey", "scrollid", "bookmark", "continue", "start", "page", "next"),
)

WRAPPED = ("node", "resource", "item", "record", "entity", "document")
ROWS = (
    "items",
    "data",
    "results",
    "rows",
    "records",
    "entries",
    "entry",
    "list",
    "values",
    "content",
)
MAYBE_TOTAL = ("count", "itemcount")  # or of the rows of the page alone
RESULTS = "results"  # the same as a number, as Linode has it; else the rows
TOTAL = (
    *("total", "totalcount", "totalitems", "totalresults", "totalelements", "totalrecords"),
    *("totalsize", "totalrows", "totalentries", "totalhits", "recordstotal", "numfound"),
    *("numbermatched", "matched", *MAYBE_TOTAL),
)
# Parameters by which an answer is asked to tell how many rows there are in all.
ASKING_TOTAL = (
    *("total", "includetotal", "includetotals", "includetotalcount", "includecount", "withtotal"),
    *("withcount", "returntotal", "showtotal", "counttotal", "meta", "count", "totalcount"),
    *("pagingcounttotal", "needtotal", "gettotal", "requesttotal"),
)
HAS_MORE = ("hasmore", "more", "hasnext", "hasnextpage", "moreresults", "hasmoreitems")
IS_LAST = ("islast", "islastpage", "last", "lastpage", "done")
END_CURSOR = "endcursor"  # of the last row, the last page's too (GraphQL Cursor Connections)
NEXT_CURSOR = (
    *("nextcursor", "nextpagetoken", "nexttoken", "continuationtoken", "nextpagecursor"),
    *("endcursor", "nextmarker", "lastevaluatedkey", "scrollid", "cursor", "bookmark", "next"),
    *("nextpaginationtoken", "paginationtoken", "skiptoken", "aftercursor", "resumptiontoken"),
    *("nextbatch", "after", "continue", "nextpage", "offset"),
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
LINK_ARRAYS = ("links", "link")
LINK_OBJECTS = (("rel", "href"), ("relation", "url"))
NEXT_PAGE = ("nextpage", "nextpagenumber", "next")  # as a number
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
