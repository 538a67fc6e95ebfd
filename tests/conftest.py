"""What every test finds: the table of pages filled as the program fills it, and how hypothesis looks for examples.

The same ones in every run, so that a change fails for what it changed.

To search anew: ``HYPOTHESIS_PROFILE=search python -m pytest …``; what it finds becomes a case in a table.
"""

from __future__ import annotations

import os

from hypothesis import settings

from pages.parts import i18n, page
from pages.registry import LANGUAGES, PAGES

# no deadline: a busy machine is no fault of the code, and no test judges a time
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

i18n.register(*LANGUAGES)
page.register(*PAGES)
