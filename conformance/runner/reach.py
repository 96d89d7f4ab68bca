"""How the servers of a run are reached, from its settings and the environment."""

from __future__ import annotations

import os
import ssl
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from conformance.client.credentials import Secret
from conformance.client.reach import Field, Proxy, Reach
from conformance.reading import must_not_wait
from conformance.settings import ConfigError
from conformance.settings.errors import InvalidValue
from conformance.settings.proxies import Proxies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.settings import Settings
    from conformance.settings.headers import HeaderField

SHORTEST_SECRET = 8  # characters; a shorter one is part of too many other texts to be replaced
KEY_LOG = "SSLKEYLOGFILE"
BUNDLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
PORTS = {"http": 80, "https": 443}


class Reaching:
    """The ways to the regions of one run, and what of them must stay secret.

    Raises ConfigError for what cannot be used.
    """

    def __init__(
        self, settings: Settings, run: str, environment: Mapping[str, str] | None = None
    ) -> None:
        self._environment = dict(os.environ if environment is None else environment)
        self._settings = settings
        self._run = run if settings.identify else None
        self._bundle = self._trusted()
        _must_be_writable(self._environment.get(KEY_LOG))
        self._tls: ssl.SSLContext | None = None
        self._bare_tls: ssl.SSLContext | None = None
        if self._is_special:
            self._tls = self._context()
        if settings.client_cert:
            self._bare_tls = self._without_certificate()
        self._fields = tuple(self._field(given) for given in settings.header)
        self._proxies = {scheme: self._proxy(scheme) for scheme in PORTS}

    @property
    def secrets(self) -> list[Secret]:
        """What must not be shown: values of fields, and the credentials of a proxy."""
        values = {
            given.variable or given.stand_in: given.read(self._environment).rpartition(" ")[2]
            for given in self._settings.header
            if given.variable or given.is_secret
        }
        for proxy in self._proxies.values():
            if proxy and proxy.user:
                values["PROXY_PASSWORD"] = proxy.user.partition(":")[2]
                values["PROXY_AUTHORIZATION"] = proxy.fields[0][1].rpartition(" ")[2]
        return [
            Secret(name, value) for name, value in values.items() if len(value) >= SHORTEST_SECRET
        ]

    def of(self, url: str, *, own: bool) -> Reach:
        """The way to a server; one that the run started itself (`own`) is asked directly."""
        proxy = None if own else self._proxy_of(url)
        options = self._options(proxy)
        return Reach(proxy, self._tls, self._fields, self._run, options, self._bare_tls)

    def _proxy_of(self, url: str) -> Proxy | None:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        if is_exempt(host, port, self._variable("NO_PROXY")):
            return None
        # Servers on this machine are asked through a proxy only where the caller says so.
        if self._settings.proxy is None and _is_loopback(host):
            return None
        return self._proxies[parts.scheme]

    def _options(self, proxy: Proxy | None) -> tuple[str, ...]:
        """What curl needs for the same."""
        settings = self._settings
        given = {
            "--proxy": settings.proxy if proxy else None,
            "--cacert": settings.ca_bundle,
            "--cert": settings.client_cert,
            "--key": settings.client_key,
        }
        options = [word for name, value in given.items() if value for word in (name, str(value))]
        return (*options, *(["--insecure"] if settings.insecure else []))

    def _variable(self, name: str) -> str:
        """A variable of the environment, which programs write in either case."""
        return self._environment.get(name.lower()) or self._environment.get(name) or ""

    def _proxy(self, scheme: str) -> Proxy | None:
        """The proxy for a scheme: the address of --proxy, the credentials of the environment."""
        own = f"{scheme.upper()}_PROXY"
        name = own if self._variable(own) else "ALL_PROXY"
        text = self._variable(name)
        user, at, address = _split(text)
        try:
            url = self._settings.proxy or (Proxies().read(address) if address else None)
        except InvalidValue as error:
            raise ConfigError(f"{name}: {error}") from None
        if url is None:
            return None
        parts = urlsplit(url)
        return Proxy(parts.hostname or "", parts.port or 80, unquote(user) if at else None)

    def _field(self, given: HeaderField) -> Field:
        try:
            value = given.read(self._environment)
        except KeyError as missing:
            raise ConfigError(
                f"--header {given.name}: {missing.args[0]} is not set, which its value names."
            ) from None
        return Field(given.name, value, given.shown)

    @property
    def _is_special(self) -> bool:
        """Whether TLS is spoken, and is to be other than the system has it."""
        settings = self._settings
        if settings.ca_bundle or settings.insecure or settings.client_cert or settings.client_key:
            return True
        urls = settings.region.values()
        speaks_tls = settings.target == "live" or any(url.startswith("https:") for url in urls)
        return bool(self._bundle) and speaks_tls

    def _trusted(self) -> tuple[str, str] | None:
        """Where authorities are read from, and who says so."""
        if self._settings.ca_bundle:
            return "--ca-bundle", str(self._settings.ca_bundle)
        named = ((name, self._environment.get(name)) for name in BUNDLES)
        return next(((name, path) for name, path in named if path), None)

    def _context(self) -> ssl.SSLContext:
        if self._settings.client_key and not self._settings.client_cert:
            raise ConfigError(
                "--client-key: the certificate is missing that it belongs to (--client-cert)."
            )
        context = self._without_certificate()
        if self._settings.client_cert:
            _show(context, self._settings.client_cert, self._settings.client_key)
        return context

    def _without_certificate(self) -> ssl.SSLContext:
        """The context of a client that shows no certificate."""
        context = _trusting(self._bundle)
        if self._settings.insecure:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def _split(text: str) -> tuple[str, str, str]:
    """The credentials of an address, whether there are any, and the address without them."""
    scheme, separator, rest = text.rpartition("://")
    user, at, host = rest.rpartition("@")
    return user, at, f"{scheme}{separator}{host}".rstrip("/")


def _must_be_writable(key_log: str | None) -> None:
    """What logs the keys of TLS for a debugger; OpenSSL would say that a file is missing, not which."""
    if not key_log:
        return
    try:
        with Path(key_log).open("ab"):
            pass
    except OSError as problem:
        raise ConfigError(
            f"{KEY_LOG}: {key_log}: cannot be written ({_reason(problem)})."
        ) from None


def _trusting(bundle: tuple[str, str] | None) -> ssl.SSLContext:
    if bundle is None:
        return ssl.create_default_context()
    place, path = bundle
    try:
        must_not_wait(Path(path))
        if os.path.isdir(path):  # noqa: PTH112 - what OpenSSL takes for a folder of authorities
            return ssl.create_default_context(capath=path)
        return ssl.create_default_context(cafile=path)
    except FileNotFoundError:
        raise ConfigError(f"{place}: {path}: no such file of certificates.") from None
    except (ssl.SSLError, OSError) as problem:
        raise ConfigError(
            f"{place}: {path}: no certificates in PEM can be read from it ({_reason(problem)})."
        ) from None


def _show(context: ssl.SSLContext, certificate: Path, key: Path | None) -> None:
    """Load the certificate that the client shows; a passphrase is asked for nowhere."""
    try:
        for path in filter(None, (certificate, key)):
            must_not_wait(path)
        context.load_cert_chain(certificate, key, password=_no_passphrase)
    except FileNotFoundError:
        missing = certificate if not certificate.exists() else key
        place = "--client-cert" if missing is certificate else "--client-key"
        raise ConfigError(f"{place}: {missing}: no such file.") from None
    except (ssl.SSLError, OSError, ValueError) as problem:
        raise ConfigError(
            f"--client-cert: {certificate}: no certificate with its key in PEM, without a "
            f"passphrase, can be read ({_reason(problem)})."
        ) from None


def _no_passphrase() -> str:
    raise ValueError("the key has a passphrase")


def _reason(problem: Exception) -> str:
    return getattr(problem, "reason", None) or getattr(problem, "strerror", None) or str(problem)


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_exempt(host: str, port: int, exempt: str) -> bool:
    """Whether NO_PROXY names a host: by name, domain, address, network, with a port or without."""
    return any(_names(entry.strip(), host, port) for entry in exempt.split(",") if entry.strip())


def _names(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    try:
        return ip_address(host) in ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        pass
    name, colon, number = entry.rpartition(":")
    if colon and number.isdecimal():
        if int(number) != port:
            return False
        entry = name.strip("[]")
    domain = entry.lower().lstrip("*").lstrip(".")
    return host.lower() == domain or host.lower().endswith(f".{domain}")
