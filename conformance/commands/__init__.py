"""The commands that work on what runs left behind; each imports what is heavy only when it is called."""

from __future__ import annotations

from conformance.commands.compare import compare
from conformance.commands.lint import lint
from conformance.commands.merge import merge
from conformance.commands.prove import prove
from conformance.commands.report import report

COMMANDS = (prove, report, merge, compare, lint)

__all__ = ["COMMANDS", "compare", "lint", "merge", "prove", "report"]
