"""What is done to a machine: each a function that sets up a stage."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.prove.hostile.trouble import SetUp, Stage, Unplayable

if TYPE_CHECKING:
    from collections.abc import Callable

NOBODY = 65_534
# A clock that jumps at every 300th reading, and back at the next 300th.
_CLOCK = r"""
#define _GNU_SOURCE
#include <time.h>
#include <sys/time.h>
#include <sys/syscall.h>
#include <unistd.h>
static long calls;
static long offset(void) {
    return (__sync_add_and_fetch(&calls, 1) / 300) % 2 || OFFSET < -99999 ? OFFSET : 0;
}
int clock_gettime(clockid_t id, struct timespec *now) {
    int failed = syscall(SYS_clock_gettime, id, now);
    if (id == CLOCK_REALTIME) now->tv_sec += offset();
    return failed;
}
time_t time(time_t *seconds) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (seconds) *seconds = now.tv_sec;
    return now.tv_sec;
}
"""


def nothing(stage: Stage) -> None:
    """The arguments say it all."""


def limit(name: str, most: int) -> SetUp:
    """A limit of the system on the new process."""

    def set_up(stage: Stage) -> None:
        number = getattr(resource, f"RLIMIT_{name}")
        stage.before_exec = lambda: resource.setrlimit(number, (most, most))

    return set_up


def small_disk(size: str) -> SetUp:
    """A disk of a size for what the run writes, in a namespace of its own."""

    def set_up(stage: Stage) -> None:
        stage.out.mkdir()
        mount = 'mount -t tmpfs -o size="$1" none "$2" && shift 2 && exec "$@"'
        must_unshare("-m")
        stage.wrapper = ["unshare", "-m", "sh", "-c", mount, "sh", size, str(stage.out)]

    return set_up


def closed(*descriptors: int) -> SetUp:
    """Descriptors that are closed."""

    def close() -> None:
        for descriptor in descriptors:
            os.close(descriptor)

    def set_up(stage: Stage) -> None:
        stage.before_exec = close

    return set_up


def printing_to(device: str) -> SetUp:
    """Standard output that is a device."""

    def set_up(stage: Stage) -> None:
        if not Path(device).exists():
            raise Unplayable(f"no {device}")
        stage.stdout = os.open(device, os.O_WRONLY)

    return set_up


def broken_pipe(stage: Stage) -> None:
    """Standard output that nobody reads."""
    reader, stage.stdout = os.pipe()
    os.close(reader)


def without(variable: str) -> SetUp:
    """Without a variable of the environment."""

    def set_up(stage: Stage) -> None:
        stage.variables[variable] = None

    return set_up


def python(*options: str) -> SetUp:
    """With options of the interpreter."""

    def set_up(stage: Stage) -> None:
        stage.python.extend(options)

    return set_up


def umask(mask: int) -> SetUp:
    """With a mask for new files."""

    def set_up(stage: Stage) -> None:
        stage.before_exec = lambda: (os.umask(mask), None)[1]

    return set_up


def as_nobody(stage: Stage) -> None:
    """As an account without rights, where this one may become it; where such a one cannot start
    the interpreter, as root without the rights that root has.
    """
    if os.geteuid() != 0:
        raise Unplayable("only root becomes another account")
    for place in (stage.folder, *stage.folder.parents[:1]):
        place.chmod(0o777)
    stage.variables["HOME"] = None
    setpriv = shutil.which("setpriv")
    if _starts_python(_become_nobody):
        stage.before_exec = _become_nobody
    elif setpriv is not None:
        stage.wrapper = [setpriv, "--bounding-set=-all", "--inh-caps=-all"]
    else:
        raise Unplayable("no setpriv(1), and another account cannot start Python")


def _become_nobody() -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def _starts_python(become: Callable[[], None]) -> bool:
    words = [sys.executable, "-c", "import click"]
    with suppress(OSError):
        done = subprocess.run(words, preexec_fn=become, capture_output=True, check=False)  # noqa: S603 - its own words
        return done.returncode == 0
    return False


def read_only(stage: Stage) -> None:
    """As that account, in a directory that it cannot write."""
    as_nobody(stage)
    stage.folder.chmod(0o555)


def read_only_out(stage: Stage) -> None:
    """As that account, beside a directory that it cannot write."""
    as_nobody(stage)
    (stage.folder / "closed").mkdir(0o555)


def odd_folder(name: bytes) -> SetUp:
    """In a directory of an odd name."""

    def set_up(stage: Stage) -> None:
        folder = Path(os.fsdecode(os.path.join(os.fsencode(stage.folder), name)))  # noqa: PTH118
        folder.mkdir()
        stage.folder = folder

    return set_up


def deleted_folder(stage: Stage) -> None:
    """In a directory that is gone once the process starts."""
    gone = stage.folder / "gone"
    gone.mkdir()
    stage.wrapper = ["sh", "-c", 'cd gone && rmdir ../gone && exec "$@"', "sh"]


def linked_out(stage: Stage) -> None:
    """The directory of the reports is a link."""
    (stage.folder / "elsewhere").mkdir()
    stage.out.symlink_to("elsewhere")


def dangling_out(stage: Stage) -> None:
    """The directory of the reports is a link to nothing."""
    stage.out.symlink_to("nothing")


def linked_file(name: str, target: str) -> SetUp:
    """A file of the run is a link."""

    def set_up(stage: Stage) -> None:
        stage.out.mkdir()
        (stage.out / name).symlink_to(target)

    return set_up


def fifo(name: str) -> SetUp:
    """A file of the run is a named pipe."""

    def set_up(stage: Stage) -> None:
        stage.out.mkdir()
        os.mkfifo(stage.out / name)

    return set_up


def neighbours(stage: Stage) -> None:
    """A current directory with a project of its own, which is not meant."""
    ends = "import sys; sys.stderr.write('imported'); raise SystemExit(77)\n"
    for name in ("conftest", "json", "socket", "requests", "spec", "click", "pytest", "yaml"):
        (stage.folder / f"{name}.py").write_text(ends)
    (stage.folder / "pytest.ini").write_text("[pytest]\naddopts = --collect-only -p nothing\n")
    (stage.folder / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts='-x'\n")


def unshared(*flags: str) -> SetUp:
    """In namespaces of its own."""

    def set_up(stage: Stage) -> None:
        must_unshare(*flags)
        stage.wrapper = ["unshare", *flags]

    return set_up


def loopback_alone(stage: Stage) -> None:
    """No network but loopback."""
    must_unshare("-n")
    if shutil.which("ip") is None:
        raise Unplayable("no ip(8)")
    stage.wrapper = ["unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]


def live_alone(stage: Stage) -> None:
    """Live regions without a network."""
    loopback_alone(stage)
    stage.variables["FORMANT_API_KEY"] = "fk_some_key_of_a_user_1234567890"


def must_unshare(*flags: str) -> None:
    """Raises Unplayable where this account makes no such namespaces."""
    if shutil.which("unshare") is None:
        raise Unplayable("no unshare(1)")
    done = subprocess.run(  # noqa: S603 - its own words
        ["unshare", *flags, "true"],  # noqa: S607 - wherever it lies
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise Unplayable("no namespaces for this account")


def clock(seconds: int) -> SetUp:
    """A clock that jumps by so many seconds and back."""

    def set_up(stage: Stage) -> None:
        compiler = shutil.which("cc")
        if compiler is None:
            raise Unplayable("no C compiler")
        source, library = stage.folder / "given.c", stage.folder / "given.so"
        source.write_text(_CLOCK)
        flags = [f"-DOFFSET={seconds}L", "-shared", "-fPIC", "-o", str(library), str(source)]
        subprocess.run([compiler, *flags], check=True)  # noqa: S603 - its own words
        stage.variables["LD_PRELOAD"] = str(library)

    return set_up
