"""The package: what the wheel holds, what it requires, and that it works where there is no checkout."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import numdiff.__main__ as command
from numdiff import __version__
from tests.installing import ROOT, install, wheel

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SHIPPED = {"numdiff": "numdiff", "pages": "numdiff_app/pages"}
"""The folders that a wheel carries, and where it has them."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def site(built, tmp_path_factory):
    return install(built, tmp_path_factory.mktemp("site"))


def ask(site: Path, *arguments: str) -> str:
    """Run Python where only the installed package is in sight, and return what it prints."""
    run = subprocess.run(
        [sys.executable, *arguments],
        check=False,
        cwd=site.parent,
        env={"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def named(lines: list[str]) -> dict[str, Requirement]:
    return {canonicalize_name(one.name): one for one in map(Requirement, lines)}


def test_the_library_and_the_app_require_what_requirements_say():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    lines = [re.split(r"\s+#", line)[0] for line in text.splitlines() if line and not line.startswith("#")]
    assert named(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["app"]) == named(lines)
    assert not named(PROJECT["dependencies"]).keys() & named(PROJECT["optional-dependencies"]["app"]).keys()


def test_the_wheel_holds_the_sources_and_nothing_else(built):
    sources = {
        f"{there}/{path.relative_to(ROOT / here)}"
        for here, there in SHIPPED.items()
        for path in (ROOT / here).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    sources |= {"numdiff_app/app.py", "numdiff_app/.streamlit/config.toml"}
    held = {name for name in zipfile.ZipFile(built).namelist() if ".dist-info/" not in name}
    assert held == sources
    assert "numdiff/py.typed" in held


def test_the_metadata_are_complete(built):
    with zipfile.ZipFile(built) as archive:
        (name,) = (one for one in archive.namelist() if one.endswith(".dist-info/METADATA"))
        metadata = message_from_bytes(archive.read(name))
    assert metadata["Version"] == __version__
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata["License-Expression"] == "MIT"
    assert "Typing :: Typed" in metadata.get_all("Classifier")
    assert metadata.get_all("Provides-Extra") == ["app"]


def test_the_installed_library_works_outside_the_checkout(site):
    lines = "import numdiff as nd; print(nd.__file__); print(nd.numerical_derivative(nd.parse('3x e^x'), 2.0))"
    place, value = ask(site, "-c", lines).splitlines()
    assert Path(place).is_relative_to(site)
    assert value == "66.50150507518049"


def test_the_library_brings_nothing_of_the_app(site):
    lines = "import sys, numdiff; print(*{one.split('.')[0] for one in sys.modules})"
    assert not {"streamlit", "plotly", "sympy", "pandas", "nbformat", "pages"} & set(ask(site, "-c", lines).split())


def test_the_command_says_its_version(site):
    assert ask(site, "-m", "numdiff", "--version") == f"numdiff {__version__}"


def test_the_installed_command_has_its_app(site):
    place = ask(site, "-c", "import numdiff.__main__ as command; print(command.app())")
    assert Path(place) == site / "numdiff_app" / "app.py"


def test_the_checkout_has_its_app():
    assert command.app() == ROOT / "app.py"


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ("", ""),
        ("--port 8600", "--server.port 8600"),
        ("--address 0.0.0.0", "--server.address 0.0.0.0"),
        ("--open", "--server.headless false --server.showEmailPrompt false"),
        ("--server.baseUrlPath /numdiff --port 80", "--server.port 80 --server.baseUrlPath /numdiff"),
    ],
)
def test_options_become_those_of_streamlit(arguments, options):
    assert command.options(arguments.split()) == options.split()


@pytest.mark.parametrize("arguments", [["--port"], ["--port", "many"]])
def test_a_wrong_port_is_named(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        command.options(arguments)
    assert stop.value.code == 2
    assert "--port" in capsys.readouterr().err


@pytest.mark.parametrize("lacking", ["Streamlit", "the app"])
def test_without_the_app_it_says_what_to_install(lacking, monkeypatch, tmp_path):
    if lacking == "Streamlit":
        monkeypatch.setattr(command, "find_spec", lambda _name: None)
    else:
        monkeypatch.setattr(command, "PLACES", (tmp_path,))
    with pytest.raises(SystemExit, match=r'pip install "numdiff\[app\]"'):
        command.main([])
