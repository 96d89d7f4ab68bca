"""The machine: limits, devices, signals, places and neighbours that a run has to live with."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

from conformance.prove.hostile import doings, meanwhile
from conformance.prove.hostile.trouble import MACHINE, Trouble
from conformance.prove.hostile.use import directory, file, variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.prove.hostile.trouble import SetUp

ALIVE = (0,)
CLEAR = (0, 3)  # a clear end, and never a failed MUST
QUICK = ("run", "--only", "PAG-0*")
FAULTY = (*QUICK, "--fault", "has-more-always")
LONG = ("run",)  # some seconds at the least
DEEP = ("run", "--profile", "deep")

# Early ones find no handler yet, and end the process as the system does.
ENDED = {signal.SIGINT: (3, -2), signal.SIGTERM: (3, -15), signal.SIGHUP: (3, -1)}

# name, sentence, set up, exits, arguments
_ROWS: tuple[tuple[str, str, SetUp, tuple[int, ...], tuple[str, ...]], ...] = (
    ("12-descriptors", "ulimit -n 12.", doings.limit("NOFILE", 12), (2,), QUICK),
    ("20-descriptors", "ulimit -n 20.", doings.limit("NOFILE", 20), CLEAR, QUICK),
    ("32-descriptors", "ulimit -n 32.", doings.limit("NOFILE", 32), CLEAR, QUICK),
    ("20-descriptors-for-two-processes", "ulimit -n 20, with -n 2.", doings.limit("NOFILE", 20), CLEAR, (*QUICK, "--", "-n", "2")),
    ("30-megabytes", "ulimit -v for 30 MB, too little to load it.", doings.limit("AS", 30_000_000), (2, 3), QUICK),
    ("100-megabytes", "ulimit -v for 100 MB.", doings.limit("AS", 100_000_000), (2,), QUICK),
    ("250-megabytes", "ulimit -v for 250 MB.", doings.limit("AS", 250_000_000), (2,), QUICK),
    ("586-megabytes", "ulimit -v 586000.", doings.limit("AS", 586_000 * 1024), (2,), QUICK),
    ("1190-megabytes", "ulimit -v for a little less than a run needs.", doings.limit("AS", 1_190_000_000), (2,), QUICK),
    ("1200-megabytes", "ulimit -v for what a run needs.", doings.limit("AS", 1_200_000_000), ALIVE, QUICK),
    ("1200-megabytes-for-two-processes", "The same, with -n 2.", doings.limit("AS", 1_200_000_000), ALIVE, (*QUICK, "--", "-n", "2")),
    ("600-megabytes-of-data", "ulimit -d for 600 MB.", doings.limit("DATA", 600_000_000), (2,), QUICK),
    ("1000-megabytes-of-data", "ulimit -d for what a run needs.", doings.limit("DATA", 1_000_000_000), ALIVE, QUICK),
    ("files-of-100-kilobytes", "ulimit -f for 100 kB.", doings.limit("FSIZE", 100_000), (3,), QUICK),
    ("files-of-nothing", "ulimit -f 0.", doings.limit("FSIZE", 0), (2, 3), QUICK),
    ("a-stack-of-256-kilobytes", "ulimit -s 256.", doings.limit("STACK", 262_144), CLEAR, QUICK),
    ("a-disk-of-64-kilobytes", "The disk of --out is full at once.", doings.small_disk("64k"), (3,), QUICK),
    ("a-disk-of-1-megabyte", "The disk of --out fills up while the reports are written.", doings.small_disk("1500k"), (3,), QUICK),
    ("a-disk-that-is-full-with-a-fault", "The disk fills up in a run that would fail.", doings.small_disk("200k"), (1, 3), FAULTY),
    ("a-full-disk-of-two-processes", "The disk fills up, with -n 2.", doings.small_disk("200k"), (3,), (*QUICK, "--", "-n", "2")),
    ("stdout-closed", "Standard output is closed.", doings.closed(1), ALIVE, QUICK),
    ("stderr-closed", "Standard error is closed.", doings.closed(2), ALIVE, QUICK),
    ("all-closed", "No descriptor is open.", doings.closed(0, 1, 2), ALIVE, QUICK),
    ("all-closed-with-a-fault", "No descriptor is open, and a MUST fails.", doings.closed(0, 1, 2), (1,), FAULTY),
    ("stdout-full", "Standard output is /dev/full.", doings.printing_to("/dev/full"), ALIVE, QUICK),
    ("stdout-full-with-a-fault", "/dev/full, and a MUST fails.", doings.printing_to("/dev/full"), (1,), FAULTY),
    ("a-pipe-without-a-reader", "conformance run | true.", doings.broken_pipe, ALIVE, QUICK),
    ("a-pipe-without-a-reader-with-a-fault", "conformance run | true, and a MUST fails.", doings.broken_pipe, (1,), FAULTY),
    ("no-home", "HOME is not set.", doings.without("HOME"), ALIVE, QUICK),
    ("a-home-that-is-not-there", "HOME names nothing.", variables(HOME="/nothing/there", CONFORMANCE_EXAMPLES="/nothing/there/kept"), CLEAR, QUICK),
    ("a-home-that-is-read-only", "HOME cannot be written.", variables(HOME="/proc"), ALIVE, QUICK),
    ("no-temporary-directory", "TMPDIR names nothing.", variables(TMPDIR="/nothing/there"), ALIVE, QUICK),
    ("nothing-to-write-in", "No directory can be written.", doings.read_only, (2,), QUICK),
    ("out-read-only", "--out cannot be written.", doings.read_only_out, (2,), (*QUICK, "--out", "closed/reports")),
    ("out-in-proc", "--out in /proc.", doings.nothing, (2,), (*QUICK, "--out", "/proc/reports")),
    ("out-that-vanishes", "--out is deleted while the run goes on.", meanwhile.vanishing_out, CLEAR, LONG),
    ("out-that-becomes-a-file", "--out becomes a file.", meanwhile.replaced_out, (2, 3), LONG),
    ("out-that-is-a-link", "--out is a link to a directory.", doings.linked_out, ALIVE, QUICK),
    ("out-that-links-to-nothing", "--out is a link to nothing.", doings.dangling_out, (*CLEAR, 2), QUICK),
    ("stream-on-a-full-device", "events.ndjson is a link to /dev/full.", doings.linked_file("events.ndjson", "/dev/full"), CLEAR, QUICK),
    ("stream-that-is-a-pipe", "events.ndjson is a named pipe.", doings.fifo("events.ndjson"), CLEAR, QUICK),
    ("two-runs-into-one-out", "A conformant run starts into the --out of a faulty one.", meanwhile.second_run, (1,), (*LONG, "--fault", "has-more-always")),
    ("a-lock-left-behind", "A run was killed in this --out.", meanwhile.killed_before, ALIVE, QUICK),
    ("no-cache", "What pytest remembers cannot be written.", file(".reports.pytest_cache", b"a file"), ALIVE, QUICK),
    ("locale-c", "LC_ALL=C.", variables(LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0"), ALIVE, QUICK),
    ("locale-that-is-not-there", "LC_ALL=xx_YY.", variables(LC_ALL="xx_YY.nothing"), ALIVE, QUICK),
    ("ascii-terminal", "A terminal of ASCII.", variables(PYTHONIOENCODING="ascii:strict"), (1,), FAULTY),
    ("a-directory-that-is-no-utf-8", "The current directory is no UTF-8.", doings.odd_folder(b"d\xff\xfe"), ALIVE, QUICK),
    ("a-directory-with-escapes", "The current directory holds escape sequences.", doings.odd_folder(b"d\x1b[31m\n"), ALIVE, QUICK),
    ("an-out-that-is-no-utf-8", "--out is no UTF-8.", doings.nothing, (0, 2), (*QUICK, "--out", os.fsdecode(b"o\xff"))),
    ("a-variable-that-is-no-utf-8", "A variable is no UTF-8.", variables(CONFORMANCE_SEED=os.fsdecode(b"\xff")), (2,), QUICK),
    ("a-current-directory-that-is-gone", "The current directory was deleted.", doings.deleted_folder, (*CLEAR, 2), QUICK),
    ("optimised", "python -O.", doings.python("-O"), ALIVE, QUICK),
    ("optimised-with-a-fault", "python -O, and a MUST fails.", doings.python("-O"), (1,), FAULTY),
    ("optimised-twice", "python -OO.", doings.python("-OO"), ALIVE, QUICK),
    ("warnings-are-errors", "python -W error.", doings.python("-W", "error"), ALIVE, QUICK),
    ("bytes-warnings", "python -bb.", doings.python("-bb"), ALIVE, QUICK),
    ("development-mode", "python -X dev.", doings.python("-X", "dev"), ALIVE, QUICK),
    ("warnings-in-the-environment", "PYTHONWARNINGS=error.", variables(PYTHONWARNINGS="error"), ALIVE, QUICK),
    ("optimised-in-the-environment", "PYTHONOPTIMIZE=2.", variables(PYTHONOPTIMIZE="2"), (1,), FAULTY),
    ("a-clock-set-back", "The clock goes back an hour, again and again.", doings.clock(-3600), ALIVE, QUICK),
    ("a-clock-set-forth", "The clock goes forth a day, again and again.", doings.clock(86_400), ALIVE, QUICK),
    ("a-clock-of-1970", "The clock says 1970.", doings.clock(-1_900_000_000), CLEAR, QUICK),
    ("no-network", "A namespace without any network.", doings.unshared("-n"), (3,), QUICK),
    ("loopback-alone", "No network but loopback: nothing else is needed.", doings.loopback_alone, ALIVE, QUICK),
    ("live-without-a-network", "Live regions, and no network.", doings.live_alone, (3,), ("run", "--target", "live")),
    ("columns-0", "COLUMNS=0.", variables(COLUMNS="0", LINES="0"), ALIVE, QUICK),
    ("no-terminal-type", "TERM=nothing-known.", variables(TERM="nothing-known"), ALIVE, QUICK),
    ("a-proxy-to-nowhere", "HTTP_PROXY names nothing that listens.", variables(HTTP_PROXY="http://u:hunter2hunter2@127.0.0.1:9"), ALIVE, QUICK),
    ("a-proxy-that-is-none", "HTTP_PROXY is no URL.", variables(HTTP_PROXY="::::", http_proxy="::::"), (0, 2), QUICK),
    ("a-step-summary-nowhere", "GITHUB_STEP_SUMMARY is a directory.", variables(GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY="/"), ALIVE, QUICK),
    ("options-of-pytest", "PYTEST_ADDOPTS=--collect-only.", variables(PYTEST_ADDOPTS="--collect-only"), (1,), FAULTY),
    ("skips-of-pytest", "PYTEST_ADDOPTS=--skip=PAG-03.", variables(PYTEST_ADDOPTS="--skip=PAG-03"), (1,), FAULTY),
    ("plugins-of-pytest", "PYTEST_PLUGINS=nothing.", variables(PYTEST_PLUGINS="no_such_plugin"), (1,), FAULTY),
    ("a-conftest", "conftest.py, pytest.ini and modules that end the process.", doings.neighbours, (1,), FAULTY),
    ("a-conftest-with-two-processes", "The same, with -n 2.", doings.neighbours, (1,), (*FAULTY, "--", "-n", "2")),
    ("variables-that-turn-python", "PYTHONSTARTUP, PYTHONINSPECT, PYTHONHASHSEED.", variables(PYTHONSTARTUP="given", PYTHONINSPECT="", PYTHONHASHSEED="0"), ALIVE, QUICK),
    ("nobody", "An account without a home, a name or rights.", doings.as_nobody, ALIVE, QUICK),
    ("umask-777", "Files that nobody may read.", doings.umask(0o777), ALIVE, QUICK),
    ("mock-killed", "The mock's process is killed.", meanwhile.mock_killed, (1, 3), LONG),
    ("worker-killed", "A worker of -n 2 is killed, and another takes its place.", meanwhile.worker_killed, (0, 1, 3), (*LONG, "--", "-n", "2")),
    ("stopped-for-a-while", "SIGSTOP, and SIGCONT after 2 s.", meanwhile.paused(2.0), (*CLEAR, 1), LONG),
    ("killed", "kill -9: no mock is left.", meanwhile.signalled(signal.SIGKILL, 2.0), (-9,), DEEP),
    ("interrupted-twice", "Ctrl-C, and again.", meanwhile.signalled(signal.SIGINT, 2.0, 2.1), (3,), DEEP),
    ("interrupted-five-times", "Ctrl-C, for a second.", meanwhile.signalled(signal.SIGINT, 2.0, 2.05, 2.1, 2.2, 2.5), (3,), DEEP),
    ("terminated-twice", "SIGTERM, and again.", meanwhile.signalled(signal.SIGTERM, 2.0, 2.1), (3, -15), DEEP),
    ("interrupted-with-two-processes", "Ctrl-C with -n 2.", meanwhile.signalled(signal.SIGINT, 3.0), (3,), (*DEEP, "--", "-n", "2")),
    ("a-directory-of-a-report-in-mid-run", "report.json becomes a directory.", meanwhile.report_becomes_directory, (3,), LONG),
    ("a-directory-named-as-the-cache", "A directory called .reports.pytest_cache.", directory(".reports.pytest_cache"), ALIVE, QUICK),
)  # fmt: skip


def _row(
    name: str,
    sentence: str,
    set_up: SetUp,
    exits: tuple[int, ...],
    arguments: tuple[str, ...],
    **more: Any,
) -> Trouble:
    return Trouble(
        name=name,
        side=MACHINE,
        sentence=sentence,
        set_up=set_up,
        exits=exits,
        arguments=arguments,
        **more,
    )


def _signals() -> Iterator[Trouble]:
    """Each signal at moments from the first one on."""
    for number, exits in ENDED.items():
        # Before some 50 ms Python itself is not up, and ends as it likes.
        for moment in (0.1, 0.25, 0.5, 1.0, 2.5):
            # From the moment on at which the servers are asked, the end is an ordered one.
            allowed = exits if moment < 2 else (3,)
            word = signal.Signals(number).name
            yield _row(
                f"{word.lower()}-after-{moment * 1000:.0f}-ms",
                f"{word} after {moment:g} s.",
                meanwhile.signalled(number, moment),
                allowed,
                DEEP,
            )


MACHINES: tuple[Trouble, ...] = (*(_row(*row) for row in _ROWS), *_signals())
