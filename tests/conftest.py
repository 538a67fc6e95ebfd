"""How hypothesis looks for examples: the same ones in every run, so that a change fails for what it changed.

To search anew: ``HYPOTHESIS_PROFILE=search python -m pytest …``; what it finds becomes a case in a table.
"""

from __future__ import annotations

import os

from hypothesis import settings

# no deadline: a busy machine is no fault of the code, and no test judges a time
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
