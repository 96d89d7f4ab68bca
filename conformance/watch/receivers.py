"""Who is told what changed: a webhook, or a command.

Both get one JSON object. Its `text` is what Slack and those that accept its webhooks show.
"""

from __future__ import annotations

import http.client
import json
import shlex
import shutil
import subprocess
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from conformance.watch.loop import Round

TIMEOUT = 15.0


class NotTaken(Exception):
    """A receiver did not take a message; the text names it without what may be secret in it."""


def message(lines: list[str], latest: Round | None) -> dict[str, Any]:
    """What receivers get."""
    report = latest.report if latest else None
    return {
        "text": "\n".join(lines),
        "changes": lines,
        "transitions": [
            {
                "kind": transition.kind,
                "requirement": transition.requirement,
                "operation": transition.operation,
                "region": transition.region,
                "message": transition.message,
            }
            for transition in (latest.transitions if latest else ())
        ],
        "verdict": report.verdict if report else None,
        "run": report.run if report else None,
        "started": report.started if report else None,
    }


def hand_over(receiver: str, content: dict[str, Any]) -> None:
    """Tell one receiver; raises NotTaken."""
    data = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    if is_url(receiver):
        _post(receiver, data)
    else:
        _call(receiver, data)


def is_url(receiver: str) -> bool:
    """Whether a receiver is a webhook rather than a command."""
    return receiver.startswith(("https://", "http://"))


def can_be_told(receiver: str) -> bool:
    """Whether it is a URL with a host, or a command line whose program is there."""
    try:
        if is_url(receiver):
            return bool(urlsplit(receiver).hostname)
        words = shlex.split(receiver)
    except ValueError:
        return False
    return bool(words) and shutil.which(words[0]) is not None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a 302 would turn the POST into a GET, and the message be lost."""

    def redirect_request(self, *_: object) -> None:
        """No further request: the answer is raised as an HTTPError."""


_OPENER = urllib.request.build_opener(_NoRedirect)


def _post(url: str, data: bytes) -> None:
    # The path of a webhook is its password: only its host is ever shown.
    host = urlsplit(url).hostname
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, data, headers, method="POST")  # noqa: S310 - http(s) alone
    try:
        with _OPENER.open(request, timeout=TIMEOUT):
            return
    except urllib.error.HTTPError as error:
        raise NotTaken(f"the webhook at {host} answered {error.code}") from None
    except http.client.HTTPException:
        raise NotTaken(f"the webhook at {host} answered no HTTP") from None
    except (OSError, ValueError) as error:
        raise NotTaken(
            f"the webhook at {host} cannot be reached ({type(error).__name__})"
        ) from None


def _call(command: str, data: bytes) -> None:
    words = shlex.split(command)
    try:
        done = subprocess.run(  # noqa: S603 - the caller's own command, without a shell
            words, input=data, timeout=TIMEOUT, check=False, stdout=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        raise NotTaken(f"{words[0]} did not end within {TIMEOUT:.0f} s") from None
    except OSError as error:
        raise NotTaken(f"{words[0]} could not be run ({type(error).__name__})") from None
    if done.returncode:
        raise NotTaken(f"{words[0]} ended with {done.returncode}")
