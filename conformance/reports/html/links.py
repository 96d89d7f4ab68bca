"""Self-contained pages: templates, and a content security policy for the page's own assets."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment, Template
    from markupsafe import Markup

_HYPHENED = re.compile(r"(?<!\S)((?:--?\w|\w+-)[\w-]*)(?=[\s,]|$)")
# A report contains text of the servers that it judges: the browser must load, send and run nothing
# but the page's own styles and scripts.
_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; "
    "style-src {styles}; script-src {scripts}"
)


def render_page(template: str, **context: Any) -> str:
    """Render a page with its styles and scripts inlined."""
    return "".join(page_parts(template, **context))


def page_parts(template: str, **context: Any) -> Iterable[str]:
    """Render a page in pieces, so that a large page is never in memory as a whole."""
    page = _environment().get_template(template)
    style, script = _asset("report.css"), _asset("report.js")
    return _rendered(
        page, context | {"style": style, "script": script, "policy": policy([style], [script])}
    )


def policy(styles: list[str], scripts: list[str]) -> str:
    """The policy that allows exactly these styles and scripts."""
    return _POLICY.format(
        styles=" ".join(map(_hash, styles)), scripts=" ".join(map(_hash, scripts))
    )


def json_for_script(value: Any) -> str:
    """JSON that cannot end the script element that contains it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def moment(stamp: str) -> str:
    """A timestamp for people, to the second and in UTC; unchanged if it is no timestamp."""
    try:
        at = datetime.fromisoformat(stamp).astimezone(UTC)
    except ValueError:
        return stamp
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def unbroken(text: str) -> Markup:
    """A command or a list of names whose words with hyphens browsers do not break within."""
    from markupsafe import Markup, escape

    pieces = _HYPHENED.split(text)  # every second one is a word with a hyphen
    return Markup().join(
        Markup('<span class="word">{}</span>').format(piece) if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )


def _rendered(page: Template, context: dict[str, Any]) -> Iterable[str]:
    stream = page.stream(context)
    stream.enable_buffering(200)
    return stream


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


@cache
def _asset(name: str) -> str:
    return files("conformance.reports.html").joinpath("templates", name).read_text("utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("conformance.reports.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unbroken"] = unbroken
    return environment
