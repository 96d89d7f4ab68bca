"""Drawing: what may not happen in two threads at once waits."""

from __future__ import annotations

import re
import signal
import subprocess
import sys

import pytest
from hypothesis import strategies as st

from conformance.contract import sampling
from conformance.contract.sampling import draw, matching

CODE = """
import sys, threading
from conformance.contract.sampling import ALONE
from conformance.checks import generated, test_document
from tests.support.checks import make_check

check = make_check()
threads = [
    threading.Thread(target=test_document.test_valid, args=(check.context, check.evidence)),
    threading.Thread(target=generated.generated, args=(check.context,)),
]
with ALONE:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(0.3)
    print(*{"hypothesis", "pydantic", "schemathesis"} & set(sys.modules))
for thread in threads:
    thread.join()
print(*sorted({"hypothesis", "pydantic", "schemathesis"} & set(sys.modules)))
"""


def test_libraries_that_import_each_other_are_loaded_one_after_another() -> None:
    """Loaded by two threads at once, one of them would see the half of a module."""
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["", "hypothesis pydantic schemathesis"]


def test_nothing_satisfies_a_strategy() -> None:
    """None is drawn, rather than an error of the suite itself."""
    assert draw(st.integers().filter(lambda number: False), 3, 1) == []


@pytest.mark.parametrize(
    ("pattern", "shortest", "longest", "is_found"),
    [
        ("^[A-Z]{3}$", 0, 9, True),
        (r"^\+[1-9]\d{6,14}$", 0, 20, True),
        ("^[a-z]+$", 4, 9, True),
        ("^[a-z]+$(?!)", 0, 9, False),
        ("^[A-Z]{3}$", 4, 9, False),
        ("[", 0, 9, False),
        (r"^\p{L}+$", 0, 9, False),
    ],
)
def test_a_text_is_found_for_a_pattern(pattern, shortest, longest, is_found) -> None:
    """The same each time; none where there is none, or where the pattern is none to Python."""
    found = matching(pattern, shortest, longest)
    assert found == matching(pattern, shortest, longest)
    assert (found is not None) is is_found
    if found is not None:
        assert re.search(pattern, found)
        assert shortest <= len(found) <= longest


def test_a_pattern_that_backtracks_has_no_text_in_time(monkeypatch) -> None:
    """A signal ends the search; what was set before is set again, and the next one has less time."""
    monkeypatch.setattr(sampling, "PATIENCE", 0.5)
    before = signal.getsignal(signal.SIGALRM)
    assert matching("^(a+)+$(?!x)b", 0, 100) is None
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert sampling.PATIENCE < 0.5
    assert matching("^a{3}$", 0, 9) == "aaa"
