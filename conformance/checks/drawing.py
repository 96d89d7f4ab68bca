"""Requests that Schemathesis generates from the overlaid document, without their credentials.

Its coverage phase gives what the schemas make interesting, its fuzzing phase draws from the seed;
examples of the document come first. The requests go through the suite's own client, and its laws
judge the answers.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from conformance.client import Request
from conformance.contract.bodies import sent_type, written
from conformance.contract.inputs import ACCEPT
from conformance.contract.references import resolve
from conformance.contract.sampling import ALONE, draw, keep_tables
from conformance.contract.values import path_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from conformance.contract.operation import Operation

# A query that no URL of reasonable length carries is the HTTP layer's to refuse.
REASONABLE = 1_000
NEGATIVE_SHARE = (
    4  # of so many drawn requests one is invalid: the coverage phase has most of what is invalid
)
COVERING = 10_000  # cases of the coverage phase at most: an `enum` of so many words has one of each
FILLED_LATER = "1"  # in place of what a path names
_SCHEMAS: dict[int, tuple[Any, Any]] = {}


_HOOKS: dict[Path, Any] = {}


class HooksUnusable(ValueError):
    """A file of hooks cannot be run; the text names it and says why."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"--hooks {path}: cannot be used: {why}.")


@dataclass(frozen=True, slots=True)
class Generated:
    """A request, and whether the document allows it."""

    request: Request
    valid: bool


@dataclass(frozen=True, slots=True)
class Source:
    """What requests are made of: an overlaid document, the seed, and a file of hooks."""

    document: dict[str, Any]
    seed: int
    hooks: Path | None = None


def drawn(source: Source, operation: Operation, count: int) -> list[Generated]:
    """Up to `count` distinct requests of an operation, without a key; fewer are all that there are.

    Raises HooksUnusable.
    """
    with ALONE:
        keep_tables()  # before anything of Hypothesis needs one
        load_hooks(source.hooks)
        schema = _schema(source.document)

        distinct: dict[tuple[str, str], Generated] = {}
        cases = _cases(schema, schema[operation.path][operation.method], count, source.seed)
        for case, valid in cases:
            request = _request(case, operation)
            if request.method == operation.method:  # others are asked by the checks of robustness
                distinct.setdefault((request.method, request.target), Generated(request, valid))
        return list(distinct.values())[:count]


def _cases(schema: Any, operation: Any, count: int, seed: int) -> Iterator[tuple[Any, bool]]:
    """Cases with whether they are valid: examples, then drawn and covering ones in turn, so that
    any prefix
    has of both."""
    from schemathesis import GenerationMode

    positive, negative = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
    if not _varies(operation):
        yield from ((case, True) for case in _covering(schema, operation, positive))
        return

    for strategy in operation.get_strategies_from_examples():
        yield from ((case, True) for case in draw(strategy, 1, seed))

    covering = [
        (case, mode is positive)
        for mode in (positive, negative)
        for case in _covering(schema, operation, mode)
    ]
    path = dict.fromkeys(path_names(operation.path), FILLED_LATER)
    # Half of the requests are drawn; none is invalid where the covering ones are enough for the rest.
    is_enough = len(covering) >= count
    shares = (-(-count // 2), 0) if is_enough else (count, max(1, count // NEGATIVE_SHARE))
    drawn = [
        (case, mode is positive)
        for mode, share in zip((positive, negative), shares, strict=True)
        if share
        for case in draw(
            operation.as_strategy(generation_mode=mode, path_parameters=path), share, seed
        )
    ]
    yield from _interleaved(covering, drawn)


def _varies(operation: Any) -> bool:
    """Whether its requests differ in more than their path, which is filled in later: to draw values
    of that is most of the work, and all of it where there is nothing else.
    """
    return bool(operation.query or operation.headers or operation.cookies or operation.body)


def _covering(schema: Any, operation: Any, mode: Any) -> list[Any]:
    """The cases of the coverage phase in one mode, which repeat themselves where nothing can be
    varied.
    """
    cases = schema.iter_coverage_cases(
        operation, generation_modes=[mode], generation_config=schema.config.generation
    )
    return list(islice(cases, COVERING))


def _interleaved(first: Sequence[Any], second: Sequence[Any]) -> Iterator[Any]:
    for index in range(max(len(first), len(second))):
        yield from first[index : index + 1]
        yield from second[index : index + 1]


def load_hooks(path: Path | None) -> None:
    """Run a file that registers hooks with Schemathesis, once in a process; raises HooksUnusable."""
    if path is None or path in _HOOKS:
        return
    spec = importlib.util.spec_from_file_location("conformance_hooks", path)
    if spec is None or spec.loader is None:
        raise HooksUnusable(path, "it is no Python file")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a user's file may raise anything
        raise HooksUnusable(path, f"{type(error).__name__}: {error}") from None
    _HOOKS[path] = module


def _schema(document: Any) -> Any:
    import schemathesis

    if id(document) not in _SCHEMAS:
        paths = {path: resolve(document, item) for path, item in document["paths"].items()}
        whole = {**document, "paths": paths}  # of a chain of references only the first is followed
        schema = schemathesis.openapi.from_dict(whole, config=schemathesis.Config.from_dict({}))
        # The document is kept with it, so that no other can take its place in memory.
        _SCHEMAS[id(document)] = (document, schema)
    return _SCHEMAS[id(document)][1]


def _request(case: Any, operation: Operation) -> Request:
    """A generated case as a request; its path is filled in later, with values that name something."""
    pairs = [
        (name, _text(single))
        for name, value in (case.query or {}).items()
        if name not in _credentials(operation)
        for single in (value if isinstance(value, list) else [value])
    ]
    query = urlencode(pairs, errors="surrogatepass")
    headers = _headers(case, operation)
    is_own = case.method.upper() == operation.method
    body = _body(case) if is_own else None
    text, media = body or (None, None)
    if media is not None:
        headers = (*headers, ("Content-Type", media))
    return Request(
        case.method.upper(),
        operation.path,
        headers=headers,
        body=text,
        raw_query=query,
        edge=len(query) > REASONABLE,
    )


def _headers(case: Any, operation: Operation) -> tuple[tuple[str, str], ...]:
    """The header parameters and cookies of a case, as far as a header can carry them."""
    names = {
        str(entry["name"]).lower(): str(entry["name"])
        for entry in operation.parameters
        if entry["in"] == "header"
    }
    pairs = [
        (names[name.lower()], _text(value))
        for name, value in (case.headers or {}).items()
        if name.lower() in names
    ]
    cookies = [
        f"{name}={_text(value)}"
        for name, value in (case.cookies or {}).items()
        if name not in _credentials(operation)
    ]
    if cookies:
        pairs.append(("Cookie", "; ".join(cookies)))
    accepted = [pair for pair in operation.inputs.headers if pair[0] == ACCEPT]
    return tuple((name, value) for name, value in (*pairs, *accepted) if _is_field_value(value))


def _credentials(operation: Operation) -> set[str]:
    """The names of query parameters and cookies that carry the key, which is filled in later."""
    if operation.presented is None:
        return set()
    presented = operation.presented.presentation
    return {name for name, _ in (*presented.query, *presented.cookies)}


def _is_field_value(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _body(case: Any) -> tuple[str, str] | None:
    """The body of a case, and its `Content-Type`; none where it has none that can be written."""
    from schemathesis.core import NotSet

    media = str(case.media_type or "")
    if isinstance(case.body, NotSet) or not media:
        return None
    try:
        text = written(media, _content(case, media), case.body)
    except (TypeError, ValueError):
        return None
    return None if text is None else (text, sent_type(media))


def _content(case: Any, media: str) -> Mapping[str, Any]:
    """What the document says of a body in a media type."""
    bodies = (body for body in case.operation.body if body.media_type == media)
    return next((body.definition for body in bodies if isinstance(body.definition, dict)), {})


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
