"""What is wrong with a part of a document, and the actions of an overlay that mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from conformance.contract.source import Key


@dataclass(frozen=True, slots=True)
class Action:
    """An Action Object (OpenAPI Overlay 1.0): an update of its target, or the removal of it.

    The description is for whoever reviews it.
    """

    target: str
    description: str
    update: Any = None

    @property
    def written(self) -> dict[str, Any]:
        """The object as it stands in an overlay."""
        effect = {"remove": True} if self.update is None else {"update": self.update}
        return {"target": self.target, "description": self.description, **effect}


@dataclass(frozen=True, slots=True)
class Flaw:
    """Expected, actual, and the path of keys to the part of the document that it speaks of.

    `mend` is empty where the document does not tell what was meant. `grave`: OpenAPI forbids it;
    otherwise it is allowed, and misleads who reads the document.
    """

    expected: str
    actual: str
    location: tuple[Key, ...]
    mend: tuple[Action, ...] = ()
    grave: bool = False

    @property
    def finding(self) -> Finding:
        """The same as a requirement has it."""
        return Finding(self.expected, self.actual)
