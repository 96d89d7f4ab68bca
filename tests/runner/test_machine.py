"""Trouble of this machine is told from defects of the suite."""

from __future__ import annotations

import errno
import resource

import pytest

from conformance.mock.process import MockDidNotStart
from conformance.runner import machine


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "this machine has no memory left for the run"),
        (ImportError("x.so: failed to map segment from shared object"), "this machine has no mem"),
        (RuntimeError("can't start new thread"), "this machine starts no further thread"),
        (OSError(errno.EMFILE, "Too many open files"), "this machine: Too many open files"),
        (OSError(errno.ENOSPC, "No space left", "/a/b"), "/a/b: No space left"),
        (MockDidNotStart("no word"), "the bundled mock did not start: no word"),
    ],
)
def test_what_it_lacks_is_said(error: Exception, said: str) -> None:
    """In a clause that names the place where there is one."""
    assert (machine.trouble_of(error) or "").startswith(said)


@pytest.mark.parametrize(
    "error", [RuntimeError("x"), ValueError("can't start new thread"), OSError(errno.EINVAL, "x")]
)
def test_other_errors_are_the_suite_s_own(error: Exception) -> None:
    """A defect must not pass as the machine's."""
    assert machine.trouble_of(error) is None


@pytest.mark.parametrize(
    ("most", "workers"),
    [(12, 1), (20, 1), (32, 4), (64, 6), (1024, 6), (resource.RLIM_INFINITY, 6)],
)
def test_few_descriptors_allow_few_requests_at_once(
    monkeypatch: pytest.MonkeyPatch, most: int, workers: int
) -> None:
    """For each of two regions."""
    monkeypatch.setattr(resource, "getrlimit", lambda _: (most, most))
    assert machine.affordable(6, 2) == workers
