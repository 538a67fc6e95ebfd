"""The wheel of this tree, and what it is when it is installed: tests of the package and of the installed app."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def pip(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments)]
    subprocess.run(command, check=True, cwd=ROOT)


def wheel(folder: Path) -> Path:
    """Build the wheel into a folder, with the build program that is installed, and return its path."""
    pip("wheel", ".", "--no-deps", "--no-build-isolation", "--wheel-dir", folder)
    (built,) = folder.glob("*.whl")
    return built


def install(built: Path, folder: Path) -> Path:
    """Install a wheel, without what it requires, into a folder of its own, and return that folder."""
    pip("install", "--no-deps", "--target", folder, built)
    return folder
