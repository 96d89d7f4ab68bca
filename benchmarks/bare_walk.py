"""The least that reads every id of a list: one kept connection, one page after the other.

python benchmarks/bare_walk.py URL KEY ROWS
"""

from __future__ import annotations

import http.client
import json
import sys
from array import array
from urllib.parse import urlsplit

LIMIT = 100


def main() -> None:
    """Walk, and fail unless every row was seen once."""
    url, key, rows = sys.argv[1:]
    ids = array("q")
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    more = True
    while more:
        target = f"/v1/batch-calls?limit={LIMIT}&offset={len(ids)}"
        connection.request("GET", target, headers={"Authorization": f"Bearer {key}"})
        page = json.loads(connection.getresponse().read())
        ids.extend(row["id"] for row in page["data"])
        more = page["has_more"]
    if len(ids) != int(rows):
        sys.exit(f"{len(ids)} rows")


main()
