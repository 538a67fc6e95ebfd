"""What README says is so: the printed values, the notation, the commands."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from numdiff import InputError, exact_derivative, numerical_derivative, parse

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
ROWS = re.findall(r"^\| (`.*) \| .* \|$", README.partition("## What may be typed")[2].partition("##")[0], re.MULTILINE)
REFUSED = re.findall(r"`([^`]+)`", re.search(r"never guessed: (.*?) are refused", README, re.DOTALL)[1])


@pytest.mark.parametrize("program", PROGRAMS, ids=range(len(PROGRAMS)))
def test_programs_print_what_is_written_beside_them(program):
    lines = [line for line in program.splitlines() if "print(" in line]
    promised = [line.rpartition("  # ")[2] for line in lines]
    assert all("  # " in line for line in lines), "say what is printed"
    command = [sys.executable, "-W", "error", "-c", program]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.stderr == ""
    assert [line.strip() for line in answer.stdout.splitlines()] == promised


def test_there_are_programs_and_rows():
    assert PROGRAMS
    assert len(ROWS) == 12


@pytest.mark.parametrize("text", [text for row in ROWS for text in re.findall(r"`([^`]+)`", row)])
def test_what_may_be_typed_is_understood(text):
    parse(text)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_called_unclear_is_refused_with_its_readings(text):
    with pytest.raises(InputError) as caught:
        parse(text)
    assert len(caught.value.params["readings"]) > 1


def test_the_two_commands_are_there_and_the_second_is_what_integration_runs():
    assert (
        "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/streamlit run app.py" in README
    )
    assert "\nsh tests/run.sh\n" in README
    assert "sh tests/run.sh" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", re.findall(r"\]\(([^)]+)\)", README))
def test_pictures_are_there_and_light(file):
    assert (ROOT / file).stat().st_size < 300_000


def test_the_digits_in_the_prose_are_computed():
    quoted = set(re.findall(r"`(\d+\.\d{9,})`", README))
    f = parse("3x e^x")
    computed = numerical_derivative(f, 2.0), float(exact_derivative(f, 2.0)), numerical_derivative(parse("x²"), 3.0)
    assert quoted == {repr(float(value)) for value in computed}
