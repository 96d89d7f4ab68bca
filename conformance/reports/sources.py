"""Where a requirement comes from: the words of its source, with the pages they name."""

from __future__ import annotations

import re

_DOCS = "https://docs.formantai.com"
_REFERENCE = f"{_DOCS}/api-reference/formant-ai-voice-api/batch-calls/list-batch-calls"
_RFC = re.compile(r"RFC (\d+)(?: (\d+(?:\.\d+)*))?")
_NAMED = (
    (re.compile(r"OpenAPI 3\.1"), "https://spec.openapis.org/oas/v3.1.0"),
    (re.compile(r"OWASP"), "https://owasp.org/API-Security/editions/2023/en/0x11-t10/"),
    (re.compile(r"openapi"), _REFERENCE),
    (re.compile(r"docs"), f"{_DOCS}/llms.txt"),
)


def linked(source: str) -> list[tuple[str, str | None]]:
    """The parts of a source, each with the address of its page where it has one."""
    names = [name for name in re.split(r"[,+;]", source) if name.strip()]
    return [(name.strip(), _address(name)) for name in names]


def _address(name: str) -> str | None:
    if rfc := _RFC.search(name):
        section = f"#section-{rfc[2]}" if rfc[2] else ""
        return f"https://www.rfc-editor.org/rfc/rfc{rfc[1]}{section}"
    return next((address for pattern, address in _NAMED if pattern.search(name)), None)
