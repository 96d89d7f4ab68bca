"""Presentations that another scheme of an operation takes for its own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from conformance.checks.test_authentication import _is_alternative
from conformance.contract.security.api_key import ApiKey
from conformance.contract.security.basic import Basic
from conformance.contract.security.bearer import Bearer


@pytest.mark.parametrize(("other", "is_own"), [(Basic(), True), (ApiKey("query", "key"), False)])
def test_basic_beside_a_token_takes_it_as_the_user(other, is_own) -> None:
    """One key may do for both; as the password it is a wrong one in any case."""
    sender: Any = SimpleNamespace(operation=SimpleNamespace(alternatives=(other,)))
    shown = {wrong.name: wrong.presentation for wrong in Bearer().other_schemes}
    found = {name: _is_alternative(sender, each) for name, each in shown.items()}
    assert [value for name, value in found.items() if "as user" in name] == [is_own]
    assert not any(value for name, value in found.items() if "as password" in name)
