"""What can be wrong with the files of a contract; each text names file and place."""

from __future__ import annotations


class ContractError(Exception):
    """A document, overlay or catalogue that cannot be used; a usage error."""
