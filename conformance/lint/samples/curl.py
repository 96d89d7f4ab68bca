"""What a `curl` command sends, read from its options."""

from __future__ import annotations

import argparse
import base64
import shlex
from typing import TYPE_CHECKING, NoReturn

from conformance.lint.samples.sent import CannotBeRead, Sent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WITHOUT_VALUE = (
    "-s", "--silent", "-S", "--show-error", "-i", "--include", "-v", "--verbose", "-L", "--location",
    "-k", "--insecure", "-f", "--fail", "-N", "--no-buffer", "--compressed",
)  # fmt: skip
ENDS = ("|", "||", "&&", ";", ">", "2>", "&")  # what follows is another command's, or a file's
FORM = "application/x-www-form-urlencoded"


def requests_of(code: str) -> Iterator[Sent]:
    """The requests of a shell script, each `curl` being one; raises CannotBeRead."""
    lines = code.replace("\\\n", " ").splitlines()
    for line in lines:
        try:
            words = shlex.split(line.strip().removeprefix("$ "), comments=True)
        except ValueError as error:
            raise CannotBeRead(f"the shell would not take it: {error}") from None
        if words[:1] == ["curl"]:
            yield _request(words[1:])


def _request(words: Sequence[str]) -> Sent:
    end = next((index for index, word in enumerate(words) if word in ENDS), len(words))
    given = _parser().parse_args(list(words[:end]))
    url = given.url or given.location_url
    if not url:
        raise CannotBeRead("the command names no URL")

    headers = [_field(text) for text in given.header]
    bodies = given.json or given.data
    body = "&".join(bodies) if bodies else None
    if any(text.startswith("@") for text in bodies) or given.form:
        raise CannotBeRead("its body comes from a file or a form")
    names = {name.lower() for name, _ in headers}
    if body is not None and "content-type" not in names and not given.get:
        headers.append(("Content-Type", "application/json" if given.json else FORM))
    if given.user:
        token = base64.b64encode(given.user.encode()).decode()
        headers.append(("Authorization", f"Basic {token}"))

    if given.get and body is not None:
        url, body = f"{url}{'&' if '?' in url else '?'}{body}", None
    method = given.request or ("HEAD" if given.head else "GET" if body is None else "POST")
    return Sent(method.upper(), url, tuple(headers), body)


def _field(text: str) -> tuple[str, str]:
    name, _, value = text.partition(":")
    return name.strip(), value.strip()


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CannotBeRead(f"an option of curl that is not known here: {message}")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("url", nargs="?")
    parser.add_argument("--url", dest="location_url")
    parser.add_argument("-X", "--request")
    parser.add_argument("-H", "--header", action="append", default=[])
    data = ("-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--data-urlencode")
    parser.add_argument(*data, action="append", default=[], dest="data")
    parser.add_argument("--json", action="append", default=[])
    parser.add_argument("-F", "--form", action="append", default=[])
    parser.add_argument("-G", "--get", action="store_true")
    parser.add_argument("-I", "--head", action="store_true")
    parser.add_argument("-u", "--user")
    for options in (("-o", "--output"), ("-m", "--max-time"), ("-w", "--write-out"), ("-A",)):
        parser.add_argument(*options, dest="unused")
    for option in WITHOUT_VALUE:
        parser.add_argument(option, action="store_true")
    return parser
