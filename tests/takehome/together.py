"""Run every script of a folder in one process, each in a namespace of its own, warnings as errors.

For each, what it printed is written beside it with the ending ``.out``; a failure stands there with its traceback.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import traceback
import warnings
from pathlib import Path

import mpmath
import numpy as np
import plotly.graph_objects as go

NUMPY = sys.argv[2] if len(sys.argv) > 2 else "error"
"""What becomes of NumPy's warnings: beyond float64 it says that there is no number, and goes on."""


def written(figure: go.Figure, file: str) -> None:
    """Make the whole picture, without the 4 MB of plotly.js that would stand around it."""
    assert figure.to_json()
    assert file.endswith(".html")


go.Figure.write_html = written


def run(path: Path) -> str:
    out = io.StringIO()
    warnings.resetwarnings()
    warnings.simplefilter("error")
    warnings.simplefilter(NUMPY, RuntimeWarning)
    mpmath.mp.dps, mpmath.mp.trap_complex = 15, False
    with contextlib.redirect_stdout(out), np.errstate():
        try:
            exec(compile(path.read_text(encoding="utf-8"), path.name, "exec"), {"__name__": "__main__"})  # noqa: S102
        except Exception:  # noqa: BLE001 - whatever it is, the test says it
            return f"{out.getvalue()}{traceback.format_exc()}FAILED"
    return out.getvalue()


os.chdir(sys.argv[1])
for script in sorted(Path().glob("*.py")):
    script.with_suffix(".out").write_text(run(script), encoding="utf-8")
