"""Runs a sample that may reach one port of this machine and no other, and start no program."""

import builtins
import runpy
import socket
import sys
from typing import Any

PORT, SAMPLE = int(sys.argv[1]), sys.argv[2]
LOOPBACK = ("127.0.0.1", "::1", "localhost")
REFUSED = (
    "subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn",
    "os.spawn", "ctypes.dlopen", "socket.bind", "socket.sendto", "pty.spawn",
)  # fmt: skip


def guard(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse an audited event: a sample has no need of it."""
    if event in REFUSED:
        raise PermissionError(f"a sample may not use {event}")
    if event == "socket.connect" and tuple(arguments[1][:2]) not in {
        (host, PORT) for host in LOOPBACK
    }:
        raise PermissionError(f"a sample may not reach {arguments[1][0]}")
    if event == "socket.getaddrinfo" and arguments[0] not in LOOPBACK:
        raise PermissionError(f"a sample may not look up {arguments[0]}")
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise PermissionError(f"a sample may not write {arguments[0]}")


# What opens shared libraries or starts workers is imported before the guard stands.
for name in ("ctypes", "requests", "httpx", "ssl"):
    try:
        builtins.__import__(name)
    except ImportError:
        continue

socket.setdefaulttimeout(10)
sys.addaudithook(guard)
sys.argv = [SAMPLE]
runpy.run_path(SAMPLE, run_name="__main__")
