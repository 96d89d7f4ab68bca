"""Runs kept in a file of SQLite, and the views of them."""

from __future__ import annotations
