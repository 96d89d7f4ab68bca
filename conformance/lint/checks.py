"""Checks against the catalogue: a requirement that no check judges, a check that judges no
requirement.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract import Contract
    from conformance.contract.source import Source


def check_problems(contract: Contract, catalogue: Source) -> Iterator[str]:
    """What the marks of the checks and the ids of the catalogue do not share."""
    judged = dict(_judged())
    for index, name in enumerate(contract.requirements):
        if name not in judged:
            line = catalogue.line("requirements", index)
            yield f"{catalogue.path}:{line}: no check judges {name}."
    for name, place in judged.items():
        if name not in contract.requirements:
            yield f"{place}: a check judges {name}, which {catalogue.path} does not have."


def _judged() -> Iterator[tuple[str, str]]:
    """The ids that checks are marked with, each with the place of one of those checks."""
    import conformance.checks

    for module in pkgutil.iter_modules(conformance.checks.__path__):
        if module.name.startswith("test_"):
            yield from _marked(importlib.import_module(f"conformance.checks.{module.name}"))


def _marked(module: Any) -> Iterator[tuple[str, str]]:
    for check in vars(module).values():
        marks = getattr(check, "pytestmark", None)
        for mark in marks if isinstance(marks, list) else ():
            if mark.name == "requirements":
                place = f"{inspect.getsourcefile(check)}:{inspect.unwrap(check).__code__.co_firstlineno}"
                yield from ((name, place) for name in mark.args)
