"""Troubles: what a server, a machine or a user may do to a run, and how that has to end."""

from __future__ import annotations
