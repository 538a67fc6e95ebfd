"""The views of the page by id; only the chosen one computes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pages.explore.gradcheck import functionview, networkview
from pages.parts.i18n import Translator

VIEWS: Mapping[str, Callable[[Translator], None]] = MappingProxyType(
    {"function": functionview.draw, "network": networkview.draw}
)
