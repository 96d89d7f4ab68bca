"""What a JavaScript sample sends through `fetch`, read from its expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from conformance.lint.samples.sent import CannotBeRead, Sent, as_json, fields
from conformance.lint.samples.tokens import Token, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

DECLARATIONS = ("const", "let", "var")
WORDS = {"true": True, "false": False, "null": None, "undefined": None}
_HOLE = re.compile(r"\$\{\s*([\w$.]+)\s*\}")
_END = Token("sign", "")


def requests_of(code: str) -> Iterator[Sent]:
    """The requests of a sample in their order; raises CannotBeRead."""
    reader = _Reader(list(tokens_of(code)))
    while not reader.at_end:
        if reader.takes_declaration():
            continue
        if reader.takes("fetch", "("):
            yield _request(reader.arguments())
        else:
            reader.skip()


def _request(arguments: list[Any]) -> Sent:
    if not arguments or not isinstance(arguments[0], str):
        raise CannotBeRead("its URL is no text of the sample")
    options = arguments[1] if len(arguments) > 1 else {}
    if not isinstance(options, dict):
        raise CannotBeRead("the options of fetch are no object of the sample")

    body = options.get("body")
    headers = fields(options.get("headers"))
    if isinstance(body, str) and not any(name.lower() == "content-type" for name, _ in headers):
        headers += (("Content-Type", "text/plain;charset=UTF-8"),)  # Fetch, extract a body
    method = str(options.get("method") or "GET").upper()
    return Sent(method, arguments[0], headers, None if body is None else str(body))


class _Reader:
    """A position in the tokens, and the values of the names that were declared before it."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens, self._at = tokens, 0
        self._names: dict[str, Any] = {}

    @property
    def at_end(self) -> bool:
        return self._at >= len(self._tokens)

    @property
    def _next(self) -> Token:
        return _END if self.at_end else self._tokens[self._at]

    def skip(self) -> Token:
        """Pass over a token."""
        token = self._next
        self._at += 1
        return token

    def takes(self, *texts: str) -> bool:
        """Pass over these tokens, if they come next."""
        ahead = self._tokens[self._at : self._at + len(texts)]
        is_next = [token.text for token in ahead] == list(texts)
        is_code = all(token.kind in ("name", "sign") for token in ahead)
        if not is_next or not is_code:
            return False
        self._at += len(texts)
        return True

    def takes_declaration(self) -> bool:
        """Read `const name = value`; a value that cannot be read leaves the name without one, and
        what stands in it to be read by itself.
        """
        start = self._at
        if self._next.text not in DECLARATIONS:
            return False
        self.skip()
        name = self.skip()
        if name.kind == "name" and self.takes("="):
            behind = self._at
            try:
                self._names[name.text] = self._sum()
            except CannotBeRead:
                self._at = behind
            return True
        self._at = start
        return False

    def arguments(self, end: str = ")") -> list[Any]:
        """Values up to a closing bracket, which is passed over."""
        values: list[Any] = []
        while not self.takes(end):
            values.append(self._sum())
            if not self.takes(",") and self._next.text != end:
                self._refuse()
        return values

    def _sum(self) -> Any:
        value = self._value()
        while self.takes("+"):
            value = f"{value}{self._value()}"
        return value

    def _value(self) -> Any:
        if self.takes("{"):
            return self._object()
        if self.takes("["):
            return self.arguments("]")
        if self.takes("JSON", ".", "stringify", "("):
            return as_json(self.arguments()[0])
        if self.takes("new", "URLSearchParams", "("):
            value = urlencode(self.arguments()[0])
            self.takes(".", "toString", "(", ")")
            return value
        if self.takes("new", "Headers", "("):
            return self.arguments()[0]
        if self.takes("process", ".", "env", "."):
            return f"<{self.skip().text}>"
        return self._word()

    def _word(self) -> Any:
        token = self.skip()
        match token.kind:
            case "string":
                return token.text
            case "template":
                return self._filled(token.text)
            case "number":
                return float(token.text) if "." in token.text else int(token.text)
            case "name" if token.text in WORDS:
                return WORDS[token.text]
            case "name" if token.text in self._names and self._next.text not in (".", "("):
                return self._names[token.text]
        return self._refuse(token)

    def _object(self) -> dict[str, Any]:
        members: dict[str, Any] = {}
        while not self.takes("}"):
            key = self.skip()
            if key.kind not in ("name", "string", "number"):
                self._refuse(key)
            if self.takes(":"):
                members[key.text] = self._sum()
            elif key.kind == "name" and key.text in self._names:
                members[key.text] = self._names[key.text]
            else:
                self._refuse(key)
            if not self.takes(",") and self._next.text != "}":
                self._refuse()
        return members

    def _filled(self, template: str) -> str:
        def value(found: re.Match[str]) -> str:
            name = found[1]
            if name.startswith("process.env."):
                return f"<{name.removeprefix('process.env.')}>"
            if name not in self._names:
                raise CannotBeRead(f"{name} has no value in the sample")
            return str(self._names[name])

        return _HOLE.sub(value, template)

    def _refuse(self, token: Token | None = None) -> Any:
        text = (token or self._next).text or "its end"
        raise CannotBeRead(f"it uses {text[:60]}, which only running it tells")
