"""The order of the packages: which may import which, and that no two modules import each other.

Every import counts, those inside functions and those for type checkers alone included.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parents[1] / "conformance"
TESTS = Path(__file__).parent

# From the ground up: a package may import those of the floors below its own. Beside each other only
# as `NEIGHBOURS` says.
FLOORS = (
    {"conformance", "reading"},  # the version; files of users
    {"contract", "client", "mock", "settings", "events"},
    {"laws", "verdict", "plan", "inference"},
    {"checks", "reports"},
    {"runner", "lint"},
    {"prove", "gate", "watch"},  # run the suite as the command line does
    {"cli"},
    {"pytest_plugin", "__main__"},
)
# The nouns of a run are defined once, beside the messages that carry them.
NEIGHBOURS = {
    ("contract", "conformance.events.model"),
    ("settings", "conformance.events.model"),
}
# Edges that are still against the order: each with what it waits for. An entry that is no longer
# needed fails the test, so that this list only shrinks.
OUTSTANDING: dict[tuple[str, str], str] = {}

# What judges touches no socket, and what is planned needs no test runner.
PURE = ("contract", "plan", "laws", "inference")
IMPURE = {
    "pytest",
    "_pytest",
    "http",
    "socket",
    "ssl",
    "requests",
    "httpx",
    "urllib3",
    "aiohttp",
    "xdist",
}


def modules() -> dict[str, ast.Module]:
    """Every module of the package, by its full name, as it was parsed."""
    parsed = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name == "_version.py":  # which a build writes
            continue
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        parsed[name.removesuffix(".__init__")] = ast.parse(path.read_text("utf-8"))
    return parsed


MODULES = modules()


def imports(tree: ast.Module) -> Iterator[str]:
    """The modules that a module imports; of `from package import module` the module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in MODULES else node.module


GRAPH = {
    name: {used for used in imports(tree) if used in MODULES} for name, tree in MODULES.items()
}


def package_of(module: str) -> str:
    """The package, or the lone module, that stands on a floor."""
    return module.removeprefix("conformance.").partition(".")[0]


def floor_of(module: str) -> int:
    """The number of the floor, counted from the ground."""
    return next(number for number, packages in enumerate(FLOORS) if package_of(module) in packages)


def against_the_order() -> set[tuple[str, str]]:
    """The edges that run upward, or to a neighbour that is not listed."""
    edges = set()
    for module, used in GRAPH.items():
        for other in used:
            inside = package_of(module) == package_of(other)
            listed = (package_of(module), other) in NEIGHBOURS
            if not inside and not listed and floor_of(other) >= floor_of(module):
                edges.add((module, other))
    return edges


def cycle() -> list[str]:
    """Modules that import each other in a ring, if there are any."""
    done: set[str] = set()

    def visit(module: str, path: list[str]) -> list[str]:
        if module in path:
            return path[path.index(module) :]
        if module in done:
            return []
        for used in sorted(GRAPH[module] - {module}):
            if ring := visit(used, [*path, module]):
                return ring
        done.add(module)
        return []

    for module in GRAPH:
        if ring := visit(module, []):
            return ring
    return []


def test_every_package_stands_on_a_floor() -> None:
    """A new package is given its place before it is used."""
    known = {name for packages in FLOORS for name in packages}
    assert {package_of(module) for module in GRAPH} == known


def test_no_two_modules_import_each_other() -> None:
    """In a ring nothing can be read, tested or moved by itself."""
    assert cycle() == []


def test_imports_run_downward() -> None:
    """What is below knows nothing of what stands on it."""
    edges = against_the_order()
    assert edges - set(OUTSTANDING) == set()


def test_what_is_outstanding_is_still_there() -> None:
    """An edge that was removed is taken from the list, and cannot come back unseen."""
    assert set(OUTSTANDING) - against_the_order() == set()


@pytest.mark.parametrize("package", PURE)
def test_what_is_pure_imports_no_runner_and_no_client(package: str) -> None:
    """Contract, plan and laws are functions of values."""
    used = {
        (module, name)
        for module, tree in MODULES.items()
        if package_of(module) == package
        for name in imports(tree)
        if name.partition(".")[0] in IMPURE or name.startswith("urllib.request")
    }
    assert used == set()


def test_no_test_module_imports_another() -> None:
    """What tests share lies in `tests/support`."""
    shared = [
        f"{path.relative_to(TESTS)}: {name}"
        for path in TESTS.rglob("*.py")
        for name in imports(ast.parse(path.read_text("utf-8")))
        if name.startswith("tests.") and not name.startswith("tests.support")
    ]
    assert shared == []


def test_imports_are_absolute() -> None:
    """So that this file sees them all."""
    relative = [
        name
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []
