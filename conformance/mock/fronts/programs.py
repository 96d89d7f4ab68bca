"""Real servers of the edge in front of a server, where they are installed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATIENCE = 10.0  # seconds until a program listens

_NGINX = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/log crit;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  {zone}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      {limit}
      proxy_pass http://127.0.0.1:{upstream};
      proxy_http_version 1.1; proxy_set_header Host $http_host; proxy_set_header Connection "";
    }}
  }}
}}
"""
_HAPROXY = """
global
  maxconn 512
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
frontend f
  bind 127.0.0.1:{port}
  default_backend b
backend b
  server s 127.0.0.1:{upstream}
"""
_VARNISH = """vcl 4.1;
backend default {{ .host = "127.0.0.1"; .port = "{upstream}"; }}
"""


class DidNotStart(RuntimeError):
    """A program that is installed and does not listen; the text names it."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program, its configuration, and the command that starts it with that."""

    binary: str
    configuration: str
    command: Callable[[str, Path, int], list[str]]
    zone: str = ""
    limit: str = ""

    @property
    def is_installed(self) -> bool:
        """Whether this machine has it."""
        return self._path is not None

    @property
    def _path(self) -> str | None:
        return shutil.which(self.binary, path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")

    def start(self, folder: Path, upstream: int) -> tuple[str, int]:
        """Start it before a server on loopback; its URL, and its process id."""
        port = _free_port()
        values = {"folder": folder, "port": port, "upstream": upstream}
        text = self.configuration.format(**values, zone=self.zone, limit=self.limit)
        (folder / "configuration").write_text(text, "utf-8")
        child = subprocess.Popen(  # noqa: S603 - no shell: a program on the PATH, its words from this file
            self.command(self._path or self.binary, folder, port),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if not _listens(port, child):
            child.kill()
            child.wait()
            raise DidNotStart(f"{self.binary} does not start here")
        return f"http://127.0.0.1:{port}", child.pid


def _nginx(path: str, folder: Path, _: int) -> list[str]:
    return [path, "-p", str(folder), "-c", str(folder / "configuration")]


def _haproxy(path: str, folder: Path, _: int) -> list[str]:
    return [path, "-db", "-f", str(folder / "configuration")]


def _varnish(path: str, folder: Path, port: int) -> list[str]:
    settings = ["-f", str(folder / "configuration"), "-n", str(folder / "work")]
    # Without its jail: the user that it would become may not read a folder of ours.
    return [path, "-j", "none", "-F", "-a", f"127.0.0.1:{port}", *settings, "-s", "malloc,32m"]


PROGRAMS = {
    "nginx": Program("nginx", _NGINX, _nginx),
    "nginx-with-a-quota": Program(
        "nginx",
        _NGINX,
        _nginx,
        zone="limit_req_zone $binary_remote_addr zone=z:1m rate=60r/s; limit_req_status 429;",
        limit="limit_req zone=z burst=10 nodelay;",
    ),
    "haproxy": Program("haproxy", _HAPROXY, _haproxy),
    "varnish": Program("varnishd", _VARNISH, _varnish),
}


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _listens(port: int, child: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and child.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False
