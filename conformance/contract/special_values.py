"""Numbers that count no rows where a size is asked for, as documents give them a meaning: -1, or 0, for
all that there are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCE = re.compile(r"(?<!\d)\.(?!\d)|[;\n]")
ALL = re.compile(
    r"\b(?:all|every\w*|entire|unlimited|no (?:limit|paging|pagination|maximum)|disabled?|disables|disabling"
    r"|infinite|without (?:a )?(?:limit|paging|pagination|maximum))\b",
    re.IGNORECASE,
)


def means(parameter: Mapping[str, Any], value: int) -> bool:
    """Whether a parameter's description, or its schema, says that 0 or -1 asks for something else than
    so many rows.
    """
    schema = parameter.get("schema")
    schema = schema if isinstance(schema, dict) else {}
    if value == -1 and -1 in (schema.get("minimum"), *(schema.get("enum") or ())):
        return True
    if value not in (0, -1):
        return False
    said = " ".join(str(entry.get("description", "")) for entry in (parameter, schema))
    number = re.compile(rf"(?<![\d.-]){value}(?![\d.])(?!-based)")
    return any(
        number.search(sentence) and ALL.search(sentence) for sentence in SENTENCE.split(said)
    )
