"""Whether what a request names is there, and its values mean something, as far as the document says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.contract.operation import REFUSED

if TYPE_CHECKING:
    from conformance.contract.operation import Operation
    from conformance.laws.answer import Answer

NOT_FOUND = 404
REFUSALS = (400, NOT_FOUND, 409, 422)  # of what a request asks for
CLOSED = ("enum", "const")  # keywords of values that are everybody's


def names_nothing(answer: Answer) -> bool:
    """Whether a 404 says that the value in the path names no resource of this region.

    The document's example may be another account's: that is a matter of data, not of the server. It
    is so although no 404 is documented, for a document need not foresee every error (OpenAPI,
    Responses Object).
    """
    operation = answer.operation
    if answer.status != NOT_FOUND or "{" not in operation.path:
        return False
    return answer.schemas.documented(NOT_FOUND) is not None or _is_example(operation)


def refuses_guess(answer: Answer) -> bool:
    """Whether a refusal may be of a value that was made by its schema alone: that `value` is a text is
    all that the document says, and not that it is a currency.
    """
    return answer.status in REFUSALS and bool(answer.operation.inputs.guessed)


def wants_unstated_key(answer: Answer) -> bool:
    """Whether a documented 401 or 403 says that a key is needed, which the document states none for.

    What is amiss is the document, as long as every plain request is refused so.
    """
    if answer.status not in REFUSED or answer.operation.presented is not None:
        return False
    return str(answer.status) in answer.operation.responses


def is_of_data(answer: Answer) -> bool:
    """Whether a plain request is refused for a value of it, or for a key that the document states
    nothing of, which is no fault of the server.
    """
    return names_nothing(answer) or refuses_guess(answer) or wants_unstated_key(answer)


def _is_example(operation: Operation) -> bool:
    """Whether a value in the path is known by an example alone: by no overlay, list or vocabulary."""
    if operation.feeds:
        return False
    return any(
        not any(word in part for part in operation.schemas_of(name, "path") for word in CLOSED)
        for name in operation.inputs.assumed
    )
