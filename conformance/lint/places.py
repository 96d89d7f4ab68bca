"""Where a requirement lives: the checks that ask for it, the laws that judge it, its faults."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Place:
    """A function, where it stands, and what it says of itself."""

    name: str
    path: str
    line: int
    sentence: str

    @property
    def words(self) -> str:
        """The place as editors and terminals open it."""
        return f"{self.path}:{self.line} {self.name}"


def checks_of(requirement: str) -> list[Place]:
    """The checks that are marked with a requirement."""
    import conformance.checks

    return [
        _place(function)
        for module in _modules(conformance.checks, "test_")
        for function in _functions(module)
        if requirement in _marked(function)
    ]


def laws_of(requirement: str) -> list[Place]:
    """The laws whose first words name a requirement, and the law of every answer that judges it."""
    import conformance.laws
    from conformance.laws.response import ALWAYS_ON

    always = [law.judge for law in ALWAYS_ON if law.requirement == requirement]
    named = [
        function
        for module in _modules(conformance.laws)
        for function in _functions(module)
        if re.match(rf"[A-Z0-9, -]*\b{requirement}\b[^.]*:", inspect.getdoc(function) or "")
    ]
    return list(dict.fromkeys(map(_place, [*always, *named])))


def is_judged_always(requirement: str) -> bool:
    """Whether every answer of a run is judged by it, whichever check asked."""
    from conformance.laws.response import ALWAYS_ON

    return any(law.requirement == requirement for law in ALWAYS_ON)


def faults_of(requirement: str) -> list[str]:
    """The faults of the bundled mock that break a requirement."""
    from conformance.mock.registry import FAULTS

    return [fault.name for fault in FAULTS.values() if fault.requirement == requirement]


def _modules(package: ModuleType, prefix: str = "") -> Iterator[ModuleType]:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if module.name.rpartition(".")[2].startswith(prefix):
            yield importlib.import_module(module.name)


def _functions(module: ModuleType) -> Iterator[Any]:
    for value in vars(module).values():
        function = inspect.unwrap(value) if callable(value) else None
        if inspect.isfunction(function) and function.__module__ == module.__name__:
            yield value


def _marked(function: Any) -> list[str]:
    marks = getattr(function, "pytestmark", [])
    return [name for mark in marks if mark.name == "requirements" for name in mark.args]


def _place(function: Any) -> Place:
    function = inspect.unwrap(function)
    path = Path(inspect.getsourcefile(function) or "")
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    sentence = " ".join((inspect.getdoc(function) or "").split("\n\n")[0].split())
    return Place(function.__name__, str(shown), function.__code__.co_firstlineno, sentence)
