"""Paths with identities that nothing has, or that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.contract.values import encoded, filled_path, path_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.contract.operation import Operation

# As they are written in a path.
ODD = ("abc", "9223372036854775808", "0", "-1", "1.5", "18446744073709551617", "9" * 40)
HOSTILE = ("%00", "%ff", "1'", "..%2f")  # what a proxy may refuse by itself


def odd_paths(operation: Operation, values: Sequence[str] = ODD) -> list[str]:
    """The path of a read with each of the values in its last placeholder; none where it has none, or
    needs more.
    """
    names = path_names(operation.path)
    if not names or operation.method != "GET":
        return []
    name, inputs = names[-1], operation.inputs
    before, _, behind = operation.path.rpartition(f"{{{name}}}")
    path = filled_path(before, inputs.path, inputs.leading)
    if path is None:
        return []
    lead = inputs.leading.get(name, "")
    return [f"{path}{lead}{value}{encoded(behind)}" for value in values]
