"""An overlay that mends what can be mended of a document."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import yaml

from conformance.contract import ContractError
from conformance.contract.overlay import amend
from conformance.lint.document import contract_or_none, flaws_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.contract.origins import Origins
    from conformance.contract.source import Source
    from conformance.laws.flaws import Action

ROUNDS = 5  # a mend may show what was hidden: a scheme that is applied asks for refusals
HEAD = """\
# Written by `conformance lint --fix-overlay`: each action mends a finding, its description says which.
# What is removed or stands in for something is a proposal: say what is meant, then keep the action.
"""


def mends(document: dict[str, Any], origins: Origins, sources: Sequence[Source]) -> list[Action]:
    """The actions after which a document has no flaw that can be mended, in their order."""
    mended = copy.deepcopy(document)
    found: list[Action] = []
    for _ in range(ROUNDS):
        contract = contract_or_none(mended, origins, sources)
        wanted = [action for flaw in flaws_of(mended, contract) for action in flaw.mend]
        new = [action for action in _distinct(wanted) if action not in found]
        if not new:
            break
        found += [action for action in new if _applied(mended, action, origins)]
    return found


def overlay_text(title: str, actions: Sequence[Action]) -> str:
    """An overlay of these actions."""
    overlay = {
        "overlay": "1.0.0",
        "info": {"title": f"What lint found in {title}", "version": "1.0.0"},
        "actions": [action.written for action in actions],
    }
    body: str = yaml.safe_dump(overlay, sort_keys=False, allow_unicode=True, width=100)
    return HEAD + body


def _distinct(actions: Sequence[Action]) -> list[Action]:
    """Each action once, though several flaws ask for it, updates ahead of removals."""
    distinct: list[Action] = []
    for action in sorted(actions, key=lambda action: action.update is None):
        if action not in distinct:
            distinct.append(action)
    return distinct


def _applied(document: dict[str, Any], action: Action, origins: Origins) -> bool:
    """Carry out an action; not where an earlier one took away what it speaks of."""
    try:
        amend(document, action.written, action.target, origins)
    except ContractError:
        return False
    return True
