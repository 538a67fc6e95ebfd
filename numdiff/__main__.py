"""The command ``numdiff``, which starts the app in a browser; ``python -m numdiff`` is the same."""

from __future__ import annotations

import argparse
import runpy
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from numdiff import __version__

HERE = Path(__file__).resolve().parent
PLACES = (HERE.parent / "numdiff_app", HERE.parent)
"""Where the app lies: beside the installed library, or with its sources."""


def app() -> Path | None:
    """Return the app's script, or None where only the library is."""
    scripts = (place / "app.py" for place in PLACES if (place / "pages" / "registry.py").is_file())
    return next(scripts, None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="numdiff",
        description="Start the numerical-differentiation explorer and print its address.",
        epilog="Any option of `streamlit run` may follow, such as --server.baseUrlPath /numdiff.",
        allow_abbrev=False,
    )
    parser.add_argument("--port", type=int, metavar="PORT", help="the port to listen on (default: 8501, or the next)")
    parser.add_argument("--address", metavar="ADDRESS", help="0.0.0.0 lets a classroom in (default: this machine only)")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


def options(arguments: Sequence[str]) -> list[str]:
    """Return Streamlit's options for those of the command; what the command does not know is Streamlit's own."""
    known, others = _parser().parse_known_args(arguments)
    chosen: list[str] = []
    if known.port is not None:
        chosen += ["--server.port", str(known.port)]
    if known.address is not None:
        chosen += ["--server.address", known.address]
    if known.open:
        # a server that is not headless would first ask for an e-mail address
        chosen += ["--server.headless", "false", "--server.showEmailPrompt", "false"]
    return chosen + others


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve the app until it is stopped.

    Raises
    ------
    SystemExit
        With a message that says what to install, where the app or Streamlit is missing; after ``--version`` and
        ``--help``; and with Streamlit's own code when the server ends.
    """
    chosen = options(sys.argv[1:] if arguments is None else arguments)
    script = app()
    if script is None or find_spec("streamlit") is None:
        sys.exit('numdiff: the app needs more than the library: pip install "numdiff[app]"')
    sys.argv = ["streamlit", "run", str(script), *chosen]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
