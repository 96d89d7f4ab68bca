"""The oracle: which answers the contract allows to any request of a list, given one reading of the
list.

`values` reads what a request asks for, `model` is the list as it was read, `answers` holds an answer
against both. Everything here is pure.
"""

from __future__ import annotations
