"""A row played: its stage, the program on it, and what is wrong with how that ended. Unix alone."""

from __future__ import annotations

import json
import os
import re
import tempfile
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.mock.credentials import KEYS
from conformance.prove.hostile.leaks import leaks
from conformance.prove.hostile.server import HostileServer
from conformance.prove.hostile.trouble import ARTEFACTS, MEMORY, Stage, Trouble, Unplayable
from conformance.prove.hostile.watch import Watched, watched

if TYPE_CHECKING:
    from collections.abc import Iterator

GRACE = 20.0  # seconds beyond its bound after which a row is ended
# What users put into URLs, variables and flags of the table, and no file may have.
OTHERS = ("hunter2hunter2", "fk_some_key_of_a_user_1234567890")
_RAW = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")


@dataclass(frozen=True, slots=True)
class Played:
    """How a row ended; `problem` says what is wrong with that, `skipped` why it was not played."""

    trouble: Trouble
    code: int | None = None
    seconds: float = 0.0
    memory: float = 0.0  # MB
    written: float = 0.0  # MB
    problems: int | None = None  # that the report names
    line: str = ""
    problem: str = ""
    skipped: str = ""


def played(trouble: Trouble, upstream: int, material: Path) -> Played:
    """Play one row; `upstream` is the port of a healthy mock."""
    with tempfile.TemporaryDirectory(prefix="conformance-hostile-") as place:
        folder = Path(place, "here")
        folder.mkdir()
        stage = Stage(folder, material, [])
        with _server(trouble, upstream) as url:
            stage.arguments = [_filled(argument, url) for argument in trouble.arguments]
            if url:
                stage.variables["FORMANT_API_KEY_GLOBAL"] = KEYS["global"]
            try:
                if trouble.set_up:
                    trouble.set_up(stage)
                seen = watched(stage, trouble.most_seconds + GRACE)
            except Unplayable as reason:
                return Played(trouble, skipped=str(reason))
            except PermissionError as refusal:
                return Played(trouble, skipped=f"not for this account: {refusal.filename}")
            finally:
                if stage.stdout is not None:
                    os.close(stage.stdout)
        return _judged(trouble, stage, seen, folder)


@contextmanager
def _server(trouble: Trouble, upstream: int) -> Iterator[str]:
    if trouble.behave is None:
        yield ""
        return
    server = HostileServer(trouble.behave, upstream)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.url
    finally:
        server.shutdown()
        server.server_close()


def _filled(argument: str, url: str) -> str:
    return argument.replace("{hostile:s}", url.replace("http:", "https:")).replace("{hostile}", url)


def _judged(trouble: Trouble, stage: Stage, seen: Watched, folder: Path) -> Played:
    folder.chmod(0o777)
    printed = seen.stdout + seen.stderr
    report = _report(stage.out)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    wrong = _wrong(trouble, stage, seen, report)
    if not wrong and trouble.side != "files" and size > ARTEFACTS:
        wrong = f"{size:.0f} MB were written"
    keys = [KEYS["global"]] if trouble.behave else [KEYS["global"], *OTHERS]
    wrong = wrong or leaks(folder, printed + seen.commands * (trouble.side == "server"), keys)
    return Played(
        trouble,
        seen.code,
        seen.seconds,
        seen.memory,
        size,
        _count(report),
        _last_line(seen.stdout.strip() or seen.stderr),
        wrong,
    )


def _wrong(trouble: Trouble, stage: Stage, seen: Watched, report: object) -> str:
    """The first thing that is wrong with an end."""
    printed = (seen.stdout + seen.stderr).decode("utf-8", "replace")
    if seen.code is None:
        return f"not ended after {seen.seconds:.0f} s"
    if seen.code not in trouble.exits:
        return f"exit {seen.code} instead of {' or '.join(map(str, trouble.exits))}"
    for word in ("Traceback (most recent", "the suite itself failed", "INTERNALERROR"):
        if word in printed:
            return f"it prints {word!r}"
    # What pytest says of arguments that are meant for it is its own.
    is_own = "--" not in trouble.arguments
    if seen.code == 2 and is_own and not _is_one_sentence(seen.stderr.decode("utf-8", "replace")):
        return "no single sentence on stderr"
    if _RAW.search(seen.stdout + seen.stderr):
        return "a control character reaches the terminal"
    if seen.seconds > trouble.most_seconds:
        return f"{seen.seconds:.0f} s"
    if seen.memory > MEMORY:
        return f"{seen.memory:.0f} MB of memory"
    for pattern in trouble.says:
        if not re.search(pattern, printed):
            return f"it does not say {pattern!r}"
    return _wrong_files(trouble, stage, seen, report) or (stage.after() if stage.after else "")


def _wrong_files(trouble: Trouble, stage: Stage, seen: Watched, report: object) -> str:
    with suppress(OSError):
        torn = [path.name for path in stage.out.iterdir() if path.name.startswith(".report")]
        if torn and seen.code != -9:
            return f"a half-written file: {torn[0]}"
    if report is None:
        return "no whole report.json" if trouble.reports else ""
    if not isinstance(report, dict):
        return "report.json is no report"
    if trouble.side != "files" and seen.code in (0, 1, 3) and report["exit_code"] != seen.code:
        return f"exit {seen.code} beside a report of {report['exit_code']}"
    broken = [one["requirement"] for one in report["results"] if one["outcome"] == "broken"]
    if broken:
        return f"the suite failed in {', '.join(broken[:5])}"
    count = _count(report)
    if trouble.problems is not None and count is not None and count > trouble.problems:
        return f"{count} problems instead of {trouble.problems}"
    return ""


def _is_one_sentence(text: str) -> bool:
    said = text.strip().splitlines()
    return len(said) == 1 and said[0].startswith("conformance: ")


def _report(out: Path) -> object:
    with suppress(OSError, ValueError):
        return json.loads((out / "report.json").read_text("utf-8"))
    return None


def _count(report: object) -> int | None:
    """The failures that a report has of servers, less those that others explain."""
    if not isinstance(report, dict):
        return None
    failed = {
        one["requirement"]
        for one in report["results"]
        if one["outcome"] == "failed" and not one.get("caused_by")
    }
    return len(failed)


def _last_line(printed: bytes) -> str:
    said = printed.decode("utf-8", "replace").strip().splitlines()
    return "".join(c if c.isprintable() else "?" for c in said[-1])[:400] if said else ""
