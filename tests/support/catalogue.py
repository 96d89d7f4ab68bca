"""A catalogue for sample runs: the shape and size of the real one."""

from __future__ import annotations

from typing import Any

_ROWS = """
SCH-01|MUST|every answer has a documented status|docs: errors-rate-limits
SCH-02|MUST|every body has the documented media type and parses as strict JSON|RFC 8259
SCH-03|MUST|every body validates against the schema of its status, formats included|openapi
SCH-04|MUST|the envelope's properties, and each row property that is not nullable, are present|docs
SCH-05|MUST|integers are JSON integers, not floats, not strings|openapi
SCH-06|MUST|no answer to any generated request, valid or not, is a 5xx|docs: errors-rate-limits
SCH-07|SHOULD|no property outside the schema appears|openapi
SCH-08|SHOULD|updated_at is not before created_at; counts are not negative; ids are positive|law
SCH-09|SHOULD|the answer arrives within the latency budget|operations
SCH-10|SHOULD|nullable row properties are present with null rather than left out|docs: batch-calls
PAG-01|MUST|without limit the answer equals the one with the documented default|openapi
PAG-02|MUST|a page has exactly min(limit, total - offset) rows|law
PAG-03|MUST|has_more is offset + len(data) < total, on every page, the exact last one included|law
PAG-04|MUST|total is the same whatever limit and offset|law
PAG-05|MUST|following the pages from 0 visits every row once: no duplicate, no gap, and it ends|law
PAG-06|MUST|the sequence of rows does not depend on the page size|law
PAG-07|MUST|row i of the page at offset is row 0 of the page at offset + i|law
PAG-08|MUST|the same request twice gives the same rows in the same order|RFC 9110 9.2.1
PAG-09|MUST|an offset at or past total gives 200, no rows, has_more false, the same total|law
PAG-10|MUST|limit of 1, of the documented maximum, and of every value between is honoured|docs: overview
PAG-11|MUST|a limit over the maximum is refused with 400 or clamped to it|docs: overview
PAG-12|MUST|limit 0 or negative, offset negative: 400, or an empty page|docs: overview
PAG-13|MUST|a value that is not an integer is refused with 400|openapi
PAG-14|SHOULD|forms that only a lenient parser takes are refused|openapi
PAG-15|SHOULD|a repeated parameter is refused or has one consistent winner|law
PAG-16|MUST|the order of the query parameters does not matter|RFC 3986
FIL-01|MUST|every row of a filtered list has the value filtered by|docs: overview
FIL-02|MUST|the filtered lists over all values partition the unfiltered one|law
FIL-03|MUST|every pagination law holds under a filter|law
FIL-04|MUST|a value that matches nothing gives an empty list with total 0, or the documented 404|law
FIL-05|MUST|a filtered walk keeps the order of the unfiltered one|law
FIL-06|MUST|hostile filter values never widen the result and never give 5xx|OWASP API 8
AUT-01|MUST|a valid key is accepted|docs: authentication
AUT-02|MUST|no header gives 401|docs: authentication
AUT-03|MUST|an empty, blank or truncated token, or any other key gives 401|docs: authentication
AUT-04|MUST|another scheme with the right key gives 401|docs: authentication
AUT-05|MUST|a malformed header gives 401 or another 4xx, never 2xx, 3xx or 5xx|RFC 9110
AUT-06|MUST|a key outside the header is not accepted|RFC 6750 2.3
AUT-07|MUST|each 401 carries the documented envelope, as JSON|docs: authentication
AUT-08|SHOULD|each 401 carries a WWW-Authenticate challenge|RFC 9110 11.6.1
AUT-09|MUST|no refusal carries rows, the presented token, a stack trace or a version of the software|OWASP
AUT-10|SHOULD|every refusal reads the same, whatever is wrong with the key|OWASP
AUT-12|MUST|authentication holds for every window, filter and method|docs: authentication
ROB-01|MUST|unsupported methods are refused with 4xx and change nothing|RFC 9110 15.5.6
ROB-02|MUST|unknown parameters, long queries, NUL and bad percent-encoding never give 5xx|docs
ROB-03|MUST|every 4xx carries the documented envelope and type|docs: errors-rate-limits
ROB-04|MUST|the requests that the published code samples send get the plain GET's answer|docs
ROB-06|MUST|over the whole run no plain valid request fails|docs
PAR-01|MUST|the same status for the same request, valid or not|docs
PAR-02|MUST|the same shape of body: keys, types, nullability, envelope|openapi
PAR-03|MUST|the same defaults and the same treatment of limit 0, 1, max, max+1, negative, of any offset|docs
PAR-05|MUST|the same refusals: error.type, and the headers that matter|docs
PAR-08|SHOULD|the same optional headers|law
DOC-01|SHOULD|the OpenAPI document is valid, and its examples validate|OpenAPI 3.1
DOC-02|SHOULD|the published examples obey the laws above|law
DOC-04|SHOULD|every operation of the document is covered by requirements|suite
"""
_AREAS = {
    "SCH": "schema",
    "PAG": "pagination",
    "FIL": "filters",
    "AUT": "authentication",
    "ROB": "robustness",
    "PAR": "parity",
    "DOC": "document",
}
_EVIDENCE = {
    "schema": {"answers": 10},
    "pagination": {"pages": 5},
    "filters": {"rows_compared": 20},
    "authentication": {"refusals": 1},
    "robustness": {"answers": 3},
    "parity": {"comparisons": 4},
    "document": {},
}
_EXPLAINED_BY = {
    "PAG-05": ["PAG-03"],
    "PAG-06": ["PAG-05"],
    "FIL-03": ["PAG-0[1-9]"],
    "PAR-03": ["PAG-*"],
    "PAG-03": ["PAG-05"],
}


def catalogue() -> list[dict[str, Any]]:
    """The entries as a header carries them."""
    return [_entry(*row.split("|")) for row in _ROWS.strip().splitlines()]


def _entry(name: str, level: str, statement: str, source: str) -> dict[str, Any]:
    area = _AREAS[name[:3]]
    return {
        "id": name,
        "level": level,
        "area": area,
        "statement": statement,
        "source": source,
        "applies_to": area,
        "evidence": _EVIDENCE[area],
        "explained_by": _EXPLAINED_BY.get(name, []),
        "fatal": name == "AUT-01",
    }
