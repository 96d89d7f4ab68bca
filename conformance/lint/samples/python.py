"""What a Python sample sends through `requests` or `httpx`, read from its syntax tree."""

from __future__ import annotations

import ast
import base64
from typing import TYPE_CHECKING, Any

from conformance.lint.samples.sent import CannotBeRead, Sent, as_json, fields, with_query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIBRARIES = ("requests", "httpx")
SESSIONS = ("Session", "session", "Client")
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
UNSENT = ("timeout", "verify", "allow_redirects", "follow_redirects", "stream")
_CLIENT = object()  # the value of a name that requests are sent through


def requests_of(code: str) -> Iterator[Sent]:
    """The requests of a sample in their order; raises CannotBeRead."""
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        raise CannotBeRead(f"it is no Python: {error.msg} (line {error.lineno})") from None

    names: dict[str, Any] = dict.fromkeys(LIBRARIES, _CLIENT)
    for node in _in_order(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            _assign(node, names)
        elif isinstance(node, ast.With):
            _enter(node, names)
        elif isinstance(node, ast.Call) and _is_sent(node, names):
            yield _request(node, names)


def _in_order(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes as they are run, what stands within a statement after the statement itself."""
    for node in ast.iter_child_nodes(tree):
        yield node
        yield from _in_order(node)


def _assign(node: ast.Assign | ast.AnnAssign, names: dict[str, Any]) -> None:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    try:
        value = _CLIENT if _opens_session(node.value, names) else _value(node.value, names)
    except CannotBeRead:
        return
    for target in targets:
        if isinstance(target, ast.Name):
            names[target.id] = value


def _enter(node: ast.With, names: dict[str, Any]) -> None:
    for item in node.items:
        if _opens_session(item.context_expr, names) and isinstance(item.optional_vars, ast.Name):
            names[item.optional_vars.id] = _CLIENT


def _opens_session(node: ast.AST | None, names: dict[str, Any]) -> bool:
    return isinstance(node, ast.Call) and _of_client(node, names) in SESSIONS


def _is_sent(node: ast.Call, names: dict[str, Any]) -> bool:
    return _of_client(node, names) in (*METHODS, "request")


def _of_client(node: ast.Call, names: dict[str, Any]) -> str | None:
    """The method that is called of a library or a session."""
    function = node.func
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return None
    return function.attr if names.get(function.value.id) is _CLIENT else None


def _request(node: ast.Call, names: dict[str, Any]) -> Sent:
    given = [_value(argument, names) for argument in node.args]
    named = {
        keyword.arg: _value(keyword.value, names)
        for keyword in node.keywords
        if keyword.arg is not None and keyword.arg not in UNSENT
    }
    method = str(_of_client(node, names))
    if method == "request":
        method = str(given.pop(0) if given else named.get("method"))
    url = given[0] if given else named.get("url")
    if not isinstance(url, str):
        raise CannotBeRead("its URL is no text of the sample")

    headers = fields(named.get("headers"))
    body, media = _body(named)
    if media and not any(name.lower() == "content-type" for name, _ in headers):
        headers += (("Content-Type", media),)
    if isinstance(named.get("auth"), list):
        token = base64.b64encode(":".join(map(str, named["auth"])).encode()).decode()
        headers += (("Authorization", f"Basic {token}"),)
    return Sent(method.upper(), with_query(url, named.get("params")), headers, body)


def _body(named: dict[str, Any]) -> tuple[str | None, str | None]:
    """The body and the media type that the library names for it."""
    if named.get("files"):
        raise CannotBeRead("its body has files")
    if "json" in named and named["json"] is not None:
        return as_json(named["json"]), "application/json"
    data = named.get("data", named.get("content"))
    if isinstance(data, dict):
        return with_query("", data).removeprefix("?"), "application/x-www-form-urlencoded"
    return (str(data), None) if data else (None, None)


def _value(node: ast.AST | None, names: dict[str, Any]) -> Any:
    """The value of an expression that the sample's own text decides; raises CannotBeRead."""
    reader = READERS.get(type(node))
    if reader is None:
        what = ast.unparse(node) if node is not None else "nothing"
        raise CannotBeRead(f"it uses {what[:60]}, which only running it tells")
    return reader(node, names)


def _of_name(node: ast.Name, names: dict[str, Any]) -> Any:
    if node.id not in names or names[node.id] is _CLIENT:
        raise CannotBeRead(f"{node.id} has no value in the sample")
    return names[node.id]


def _of_dict(node: ast.Dict, names: dict[str, Any]) -> dict[Any, Any]:
    return {
        _value(key, names): _value(value, names)
        for key, value in zip(node.keys, node.values, strict=True)
    }


def _of_list(node: ast.List | ast.Tuple, names: dict[str, Any]) -> list[Any]:
    return [_value(element, names) for element in node.elts]


def _of_f_string(node: ast.JoinedStr, names: dict[str, Any]) -> str:
    parts = [part.value if isinstance(part, ast.FormattedValue) else part for part in node.values]
    return "".join(str(_value(part, names)) for part in parts)


def _of_sum(node: ast.BinOp, names: dict[str, Any]) -> Any:
    left, right = _value(node.left, names), _value(node.right, names)
    if isinstance(node.op, ast.Add) and isinstance(left, str) and isinstance(right, str):
        return left + right
    raise CannotBeRead(f"it computes {ast.unparse(node)[:60]}")


def _of_environment(node: ast.Call | ast.Subscript, names: dict[str, Any]) -> Any:
    """A variable of the environment, as what the reader is to put there; JSON as its text."""
    text = ast.unparse(node)
    if text.startswith(("os.environ", "os.getenv(")):
        argument = node.args[0] if isinstance(node, ast.Call) else node.slice
        return f"<{_value(argument, names)}>"
    if text.startswith("json.dumps(") and isinstance(node, ast.Call):
        return as_json(_value(node.args[0], names))
    raise CannotBeRead(f"it uses {text[:60]}, which only running it tells")


READERS: dict[type | None, Callable[[Any, dict[str, Any]], Any]] = {
    ast.Constant: lambda node, names: node.value,
    ast.Name: _of_name,
    ast.Dict: _of_dict,
    ast.List: _of_list,
    ast.Tuple: _of_list,
    ast.JoinedStr: _of_f_string,
    ast.BinOp: _of_sum,
    ast.Call: _of_environment,
    ast.Subscript: _of_environment,
}
