"""Mutual TLS as a security scheme: without a certificate, what needs one is not asked."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.small_api import KEY, serving
from tests.support.small_runs import failed, run, secured

if TYPE_CHECKING:
    from pathlib import Path

OPENSSL = shutil.which("openssl")
PATHS = {"/pet": secured({"cert": []}), "/keyed": secured({"cert": [], "main": []})}
SCHEMES = {
    "cert": {"type": "mutualTLS"},
    "main": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}
OPERATIONS = ("get-pet", "get-keyed")

pytestmark = pytest.mark.skipif(OPENSSL is None, reason="certificates are made by openssl")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A certificate of this machine, with its key, that is its own authority."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", path, "-out", path]
    command = [str(word) for word in (OPENSSL, "req", "-x509", *made, *names)]
    subprocess.run(command, check=True, capture_output=True)
    return path


def context(certificate: Path, mode: ssl.VerifyMode) -> ssl.SSLContext:
    """What a server speaks TLS with."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    tls.load_verify_locations(certificate)
    tls.verify_mode = mode
    return tls


@pytest.mark.parametrize(
    ("mode", "found"),
    [(ssl.CERT_REQUIRED, set()), (ssl.CERT_OPTIONAL, {"AUT-02", "AUT-03"})],
    ids=["required", "optional"],
)
def test_a_certificate_is_a_credential(tmp_path, certificate, mode, found) -> None:
    """A server that serves a connection without one is found, beside the key of another scheme too."""
    options = [f"--ca-bundle={certificate}", f"--client-cert={certificate}", "--only=AUT-0[1-3]"]
    with serving(context(certificate, mode)) as api:
        schemes = {"securitySchemes": SCHEMES}
        keys = {"CONFORMANCE_KEY": KEY}
        _, report = run(tmp_path, api, PATHS, *options, keys=keys, components=schemes)
        assert (report["verdict"] == "nonconformant") is bool(found)
        assert failed(report, "get-pet") == found
        assert failed(report, "get-keyed") == found & {"AUT-03"}


def test_a_missing_certificate_is_one_sentence(tmp_path, certificate) -> None:
    """It names the option and the operation."""
    with serving(context(certificate, ssl.CERT_REQUIRED)) as api:
        schemes = {"securitySchemes": SCHEMES}
        bundle = f"--ca-bundle={certificate}"
        ended, _ = run(tmp_path, api, PATHS, bundle, components=schemes)
        assert (ended.returncode, api.asked) == (2, [])
        assert "--client-cert is not set. get-pet needs mutual TLS" in ended.stderr


def test_what_needs_no_certificate_is_asked_without_one(tmp_path) -> None:
    """The operation that needs one is reported as not asked, with the option to set."""
    paths = {**PATHS, "/open": secured()}
    with serving() as api:
        schemes = {"securitySchemes": SCHEMES}
        ended, report = run(tmp_path, api, paths, "--only=SCH-01", components=schemes)
        assert report["verdict"] == "conformant"
        assert {path for _, path, _ in api.asked} == {"/open"}
        assert "asked 1 of 3 operations; not asked: 2 because it needs mutual TLS" in ended.stdout
