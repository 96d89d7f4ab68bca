"""Failing requests kept in a Redis, which several machines share."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest

from conformance.client.redaction import Redactor
from conformance.mock import MockOptions
from conformance.mock.credentials import KEYS
from conformance.mock.process import MockProcess
from conformance.runner.kept import KeptExamples, must_be_reachable
from conformance.settings import ConfigError
from conformance.settings.stores import RedisStore
from tests.support.checks import make_context
from tests.support.program import conformance
from tests.support.servers import saying

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

fakeredis = pytest.importorskip("fakeredis")

CONTEXT = make_context()
BASE = "http://127.0.0.1:1"
NOWHERE = "redis://ci:s3cret-s3cret@127.0.0.1:9/0"


@pytest.fixture
def url() -> Iterator[str]:
    """A Redis of this process, without a password."""
    server = fakeredis.TcpFakeServer(("127.0.0.1", 0))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"redis://127.0.0.1:{server.server_address[1]}/0"
    server.shutdown()
    server.server_close()
    thread.join()


def keeping(url: str) -> KeptExamples:
    return KeptExamples(RedisStore(url), Redactor([]))


def test_one_machine_asks_what_failed_on_another(url: str) -> None:
    """Until it is mended."""
    failed = CONTEXT.request(("limit", 41))
    keeping(url).keep(CONTEXT, BASE, [failed])
    second = keeping(url)
    assert [request.target for request in second.requests(CONTEXT, BASE)] == [failed.target]
    second.forget_mended()
    assert keeping(url).requests(CONTEXT, BASE) == []


def test_a_run_goes_on_without_a_redis_that_is_lost() -> None:
    """It needs none."""
    lost = keeping(NOWHERE)
    lost.keep(CONTEXT, BASE, [CONTEXT.request(("limit", 41))])
    assert lost.requests(CONTEXT, BASE) == []


def test_what_a_server_repeats_of_the_password_is_not_shown() -> None:
    """One that refuses it may quote it."""
    with saying(b"-WRONGPASS hunter2 is no password\r\n") as port:
        store = RedisStore(f"redis://:hunter2@127.0.0.1:{port}/0")
        with pytest.raises(ConfigError, match="… is no password"):
            must_be_reachable(store)


def test_a_redis_that_does_not_answer_is_one_sentence() -> None:
    """Before the run, without the password."""
    with pytest.raises(ConfigError) as error:
        must_be_reachable(RedisStore(NOWHERE))
    assert str(error.value).startswith("--examples redis://127.0.0.1:9/0: no Redis can be used")
    assert "s3cret" not in str(error.value)


def test_a_run_keeps_its_failures_there(tmp_path: Path, url: str) -> None:
    """No report shows the password of the URL."""
    with MockProcess(MockOptions(faults=("has-more-always",), seed=0)) as mock:
        variables = {
            "FORMANT_API_KEY": KEYS["global"],
            "CONFORMANCE_EXAMPLES": url,
            "CONFORMANCE_REGION": f"global={mock.urls['global']}",
        }
        words = "run", "--seed", 7, "--profile", "smoke", "--only", "PAG-03"
        first = conformance(*words, folder=tmp_path, variables=variables)
        base = json.loads((tmp_path / "reports" / "report.json").read_text("utf-8"))["config"]
        variables["CONFORMANCE_EXAMPLES"] = NOWHERE
        unreachable = conformance(*words, "--out", "none", folder=tmp_path, variables=variables)
    assert (first.returncode, base["examples"]) == (1, url)
    from redis import Redis

    with Redis.from_url(url) as client:
        kept = [value for key in client.scan_iter() for value in client.smembers(key)]
    assert kept
    assert all(b"/batch-calls" in value or b"/conversations" in value for value in kept)
    assert (unreachable.returncode, unreachable.stdout) == (2, "")
    assert unreachable.stderr.startswith("conformance: --examples redis://127.0.0.1:9/0: no Redis")
    assert not (tmp_path / "none").exists()
