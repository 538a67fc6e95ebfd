"""The choice of what the error page shows: the curve, or one of the views of this package."""

from __future__ import annotations

from pages.explore.error import fields
from pages.parts.choices import segments
from pages.parts.i18n import Translator


def choose(_: Translator) -> str:
    """Draw the choice and return the id of the view."""
    return str(segments(_("field.view"), "view", fields.VIEWS, lambda name: _(f"view.{name}")))
