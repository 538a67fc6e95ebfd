"""How the documentation is built: ``sphinx-build -W docs <folder>``, without a network."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE / "extensions")]

import numdiff  # noqa: E402 - found by the line above

project = "numdiff"
author = "the numdiff authors"
project_copyright = f"2026, {author}"
version = release = numdiff.__version__

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "myst_parser",
    "mathml",
]
myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 3

autodoc_typehints = "none"  # the docstrings tell types as a reader needs them
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_param = napoleon_use_rtype = False  # types are words here, not links

exclude_patterns = ["extensions"]

html_theme = "furo"
html_title = f"numdiff {release}"
html_show_sphinx = False
html_copy_source = False
html_theme_options = {"top_of_page_buttons": []}


def _references(*event: Any) -> None:  # noqa: ANN401 - what Sphinx hands over
    """List a docstring's references: as footnotes they would be one another's on a page of many docstrings."""
    lines: list[str] = event[-1]
    lines[:] = [re.sub(r"^\.\. \[\d+\] ", "* ", line) for line in lines]


def setup(app: Sphinx) -> None:
    """Look at every docstring before it is read."""
    app.connect("autodoc-process-docstring", _references)
