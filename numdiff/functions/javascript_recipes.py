"""The functions of recipes.js, which printed JavaScript calls beside ``Math``, as text to be put into a script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType


def _sources() -> Mapping[str, str]:
    """Return the definitions by name, in the order of the file; its first block is about it."""
    _, *blocks = Path(__file__).with_name("recipes.js").read_text(encoding="utf-8").strip().split("\n\n")
    exported = re.compile(r"^export const (\w+)", re.MULTILINE)
    return MappingProxyType({exported.findall(block)[0]: block.replace("export ", "") for block in blocks})


_SOURCES = _sources()

HELPER_NAMES = frozenset(_SOURCES)
"""The names that printed JavaScript may call beside ``Math``."""

JAVASCRIPT_HELPERS = "\n".join(_SOURCES.values())
"""All helpers as a list of ``const`` definitions, for a page that ships them once."""


def helper_definitions(names: Iterable[str]) -> str:
    """Return the definitions of the helpers and of those they need, in an order that works."""
    wanted = set(names)
    for name, source in reversed(tuple(_SOURCES.items())):  # each stands after those it calls
        if name in wanted:
            wanted |= HELPER_NAMES & set(re.findall(r"(?<![\w.])\w+", source))
    return "\n".join(source for name, source in _SOURCES.items() if name in wanted)
