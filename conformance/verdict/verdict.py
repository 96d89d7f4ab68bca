"""One verdict from many outcomes, with the exit code and the sentence that says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.contract.operation import NO_VALUE
from conformance.events.model import EMPTY
from conformance.verdict.outcomes import TOO_LITTLE
from conformance.verdict.text import counted, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.events.messages import Notice
    from conformance.verdict.report import ExitCode, Result, Verdict

ROWS = "rows"  # what a list was read of, unless it is said otherwise
SMOKE = "the smoke profile sampled limits, filter values, keys and doors, and combined nothing"
SEVERAL = 3  # operations from which on they are counted, not named
EXIT_CODES: dict[Verdict, ExitCode] = {"conformant": 0, "nonconformant": 1, "unverified": 3}


def verdict_of(
    results: Sequence[Result],
    notices: Sequence[Notice],
    cut_short: str | None,
    *,
    strict: bool,
    require_exercised: bool = False,
    profile: str = "standard",
    outages: Sequence[str] = (),
    silences: Sequence[str] = (),
) -> tuple[Verdict, str]:
    """Decide the verdict: a failure outweighs doubt, doubt outweighs any number of passes."""
    failed = [result for result in results if result.outcome == "failed"]
    warned = [result for result in results if result.outcome == "warned"]
    if failed:
        return "nonconformant", "; ".join([*outages, _failed(failed, results)])
    if strict and warned:
        return (
            "nonconformant",
            f"{_named(warned, results)} warned, and a SHOULD gates under --strict",
        )
    if doubt := _doubt(results, notices, cut_short):
        return "unverified", doubt
    if require_exercised and (lacks := _unexercised(results)):
        return "unverified", f"--require-exercised: {lacks}"
    said = [*silences, *(notice.message for notice in notices if notice.kind == "reduced")]
    return "conformant", _conformant(results, said, warned, profile)


def _failed(failed: list[Result], results: Sequence[Result]) -> str:
    roots = [result for result in failed if not result.caused_by] or failed
    explained = len(failed) - len(roots)
    sentence = f"{_named(roots, results)} failed"
    if not explained:
        return sentence
    explains = "explains" if len(roots) == 1 else "explain"
    return f"{sentence}, which {explains} {counted(explained, 'other failure')}"


def _doubt(
    results: Sequence[Result], notices: Sequence[Notice], cut_short: str | None
) -> str | None:
    if cut_short:
        return f"the run was cut short: {cut_short}"
    if errors := [notice for notice in notices if notice.level == "error"]:
        return errors[0].message.rstrip(".")
    musts = [result for result in results if result.level == "MUST"]
    if broken := [result for result in musts if result.outcome == "broken"]:
        return f"the suite itself failed on {_named(broken, results)}"
    if unsure := [result for result in musts if result.outcome == "inconclusive"]:
        if all(EMPTY in result.message for result in unsure):
            return _of_empty_lists(unsure)
        unsure.sort(key=lambda result: result.message.startswith(TOO_LITTLE))
        return f"{_named(unsure, results)} inconclusive: {unsure[0].message}"
    if not any(result.outcome in ("passed", "warned") for result in results):
        return "nothing was judged"
    # A document of which nothing could be asked shows nothing of the servers (design: exit codes).
    if not any(result.outcome in ("passed", "waived") for result in musts):
        return f"no MUST was exercised{_lacking_values(results)}"
    return None


def _lacking_values(results: Sequence[Result]) -> str:
    """Which values the document lacks, and where to state them; nothing where it lacks none."""
    messages = dict.fromkeys(one.message for one in results if one.message.startswith(NO_VALUE))
    lists = [message.removeprefix(NO_VALUE).split(", ") for message in messages]
    names = list(dict.fromkeys(name for each in lists for name in each))
    return f": {NO_VALUE}{joined(names)}; state them as `values` in an overlay" if names else ""


def _of_empty_lists(unsure: Sequence[Result]) -> str:
    """That nothing can be seen of lists without rows; which they are, and where."""
    operations = joined(list(dict.fromkeys(result.operation for result in unsure)))
    regions = joined(list(dict.fromkeys(result.region for result in unsure if result.region)))
    where = f"{operations} in {regions}" if regions else operations
    names = len({result.requirement for result in unsure})
    lacks = f"{EMPTY} ({where}): {counted(names, 'requirement')} cannot be judged"
    return f"{lacks}; give it rows, or let no overlay state its `pagination`"


def _conformant(
    results: Sequence[Result], said: list[str], warned: list[Result], profile: str
) -> str:
    musts = sum(result.outcome == "passed" and result.level == "MUST" for result in results)
    waived = sum(result.outcome == "waived" for result in results)
    parts = [f"{counted(musts, 'MUST')} passed, each with its evidence"]
    if lacks := _unexercised(results):
        parts.append(lacks)
    parts += _left_out(results, profile)
    parts += said
    if warned:
        parts.append(f"{counted(len(warned), 'SHOULD')} warned ({_named(warned, results)})")
    if waived:
        parts.append(f"{waived} waived")
    return "; ".join(parts)


def _unexercised(results: Sequence[Result]) -> str | None:
    """What the data could not show, each once, with the most that any region lacks."""
    needed: dict[tuple[str, str], int] = {}
    for result in results:
        lack = result.unexercised
        if result.outcome == "unexercised" and result.level == "MUST" and lack:
            key = lack.show, lack.unit
            needed[key] = max(lack.needed, needed.get(key, 0))
    if not needed:
        return None

    lacks, unit_before = [], ""
    for (show, unit), count in needed.items():
        lacks.append(
            f"{show} ({count})" if unit == unit_before else f"{show} (needs {count} {unit})"
        )
        unit_before = unit
    return f"not exercised: {', '.join(lacks)}"


def _left_out(results: Sequence[Result], profile: str) -> list[str]:
    """What was not asked although the data have it (requirements, Decision 15)."""
    parts = [
        f"read {part.read:,} of {part.total:,} rows{f' of {result.region}' if result.region else ''}"
        for result in results
        if (part := result.sampled) and part.unit == ROWS
    ]
    left_out = [f"{', '.join(parts)} (--walk all reads every row)"] if parts else []
    others = {
        f"asked for {part.read:,} of {part.total:,} {part.unit}"
        for result in results
        if (part := result.sampled) and part.unit != ROWS
    }
    left_out += [", ".join(sorted(others))] if others else []
    if profile == "smoke":
        left_out.append(SMOKE)
    return left_out


def _named(results: list[Result], among: Sequence[Result]) -> str:
    """Each requirement with the regions of its results, and of several operations that were judged
    the one that they are of, or how many; said once where it is the same of all of them.
    """
    judged = {result.operation for result in among if result.area != "document"}
    places: dict[str, list[str]] = {}
    for result in results:
        regions = places.setdefault(result.requirement, [])
        if result.region and result.region not in regions:
            regions.append(result.region)
    if len(judged) > 1:
        for name, where in places.items():
            where += _operations([one for one in results if one.requirement == name])
    first, *others = places.values()
    if first and others and all(where == first for where in others):
        return f"{joined(list(places))} (each in {', '.join(first)})"
    return joined(
        [f"{name} ({', '.join(where)})" if where else name for name, where in places.items()]
    )


def _operations(results: list[Result]) -> list[str]:
    named = list(dict.fromkeys(one.operation for one in results if one.area != "document"))
    return named if len(named) < SEVERAL else [f"{len(named)} operations"]
