"""The mock's faults against the catalogue: each must break a requirement that is there."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract import Contract


def fault_problems(contract: Contract) -> Iterator[str]:
    """The faults that name no requirement."""
    from conformance.mock.registry import FAULTS

    for fault in FAULTS.values():
        if fault.requirement not in contract.requirements:
            place = (
                f"{inspect.getsourcefile(fault.install)}:{fault.install.__code__.co_firstlineno}"
            )
            named = fault.requirement or "nothing"
            yield f"{place}: the fault {fault.name} breaks {named}, which is no requirement of the catalogue."
