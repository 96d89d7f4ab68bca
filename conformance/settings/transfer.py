"""Settings as bytes, for the processes of pytest-xdist."""

from __future__ import annotations

from conformance.settings.table import OPTIONS, Settings


def encode(settings: Settings) -> bytes:
    """The settings as JSON."""
    from msgspec import json

    return json.encode(settings.shown(lambda field: field.exact))


def decode(data: bytes) -> Settings:
    """The settings that `encode` was given; raises InvalidValue for any other bytes of JSON."""
    from msgspec import json

    values = json.decode(data, type=dict[str, object])
    return Settings(
        **{
            name: OPTIONS[name].kind.read(value)
            for name, value in values.items()
            if value is not None
        }
    )
