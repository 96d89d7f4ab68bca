"""Settings as bytes."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

from conformance.events.model import Waiver
from conformance.settings import OPTIONS, Settings
from conformance.settings.headers import HeaderField
from conformance.settings.transfer import decode, encode

CHANGED = Settings(
    target="live",
    region={"south-asia": "http://a"},
    spec=(Path("a.yaml"),),
    overlay=(Path("b.yaml"), Path("c.yaml")),
    fault=("x@india",),
    config=Path("d.toml"),
    profile="deep",
    sensitivity=0.05,
    walk="all",
    only=("PAG-*",),
    skip=("PAG-01", "PAG-02"),
    only_operation=("list-*",),
    tag=("public",),
    path=("/v1/*",),
    shard="2/3",
    seed=2**53 - 1,
    hooks=Path("f.py"),
    examples=Path("g"),
    allow_unsafe_methods=True,
    workers=64,
    rate=0.1,
    timeout=0.5,
    max_time=86_400.0,
    max_requests=1,
    max_body=1_000,
    wait_for=90.0,
    header=(HeaderField("X-Tenant", "blue"),),
    proxy="http://proxy.test:3128",
    ca_bundle=Path("h.pem"),
    client_cert=Path("i.pem"),
    client_key=Path("j.pem"),
    insecure=True,
    identify=False,
    strict=True,
    require_exercised=True,
    latency_budget=0.25,
    unanswered_budget=2.5,
    edge="strict",
    shared_keys=True,
    shared_data=True,
    baseline=Path("e.json"),
    history=Path("h.sqlite"),
    gate="new",
    waivers=(Waiver(requirement="AUT-*", reason="r", owner="o", expires=date(2027, 1, 1)),),
    out=Path("ö"),
    quiet=True,
    verbose=True,
)


def test_nothing_is_lost_on_the_way() -> None:
    """Every setting arrives as it was, none as a default that it is not."""
    default = Settings()
    for field in dataclasses.fields(Settings):
        assert getattr(CHANGED, field.name) != getattr(default, field.name), field.name
    for settings in (CHANGED, default):
        arrived = decode(encode(settings))
        for name in OPTIONS:
            assert getattr(arrived, name) == getattr(settings, name), name
            assert type(getattr(arrived, name)) is type(getattr(settings, name)), name
