"""The docstrings of the public functions: their sections, and their examples, run as they are written."""

import ast
import doctest
import inspect
from itertools import pairwise

import numpy as np
import pytest

import numdiff

FUNCTIONS = {name: item for name in numdiff.__all__ if inspect.isfunction(item := getattr(numdiff, name))}
ORDER = ["Parameters", "Returns", "Raises", "See Also", "Notes", "References", "Examples"]
"""The sections in NumPy's order."""


def sections(text):
    lines = text.splitlines()
    return [head for head, rule in pairwise(lines) if rule and set(rule) == {"-"} and len(rule) == len(head)]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_has_the_sections_that_everybody_knows(name):
    text = inspect.getdoc(FUNCTIONS[name])
    found = sections(text)
    assert {"Parameters", "Returns", "Examples"} <= set(found)
    assert found == [section for section in ORDER if section in found]
    assert text.splitlines()[0].endswith((".", ":"))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_parameter_is_described(name):
    text = inspect.getdoc(FUNCTIONS[name])
    described = {
        part.strip(" *")
        for line in text.splitlines()
        for part in line.split(" : ")[0].split(",")
        if not line.startswith(" ")
    }
    assert set(inspect.signature(FUNCTIONS[name]).parameters) <= described


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_it_raises_by_name_is_documented(name):
    """Whoever raises in its own lines says so under "Raises"."""
    tree = ast.parse(inspect.getsource(FUNCTIONS[name]))
    raised = {
        node.exc.func.id for node in ast.walk(tree) if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
    }
    text = inspect.getdoc(FUNCTIONS[name])
    described = text.partition("Raises\n")[2]
    assert all(error in described for error in raised if not error.startswith("_"))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_examples_print_what_is_written(name):
    examples = doctest.DocTestFinder(recurse=False).find(FUNCTIONS[name], name, globs={})
    assert sum(len(item.examples) for item in examples) >= 2
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE, verbose=False)
    written = []
    with np.printoptions(legacy=False):
        for item in examples:
            runner.run(item, out=written.append)
    assert not runner.failures, "".join(written)


def test_results_print_their_words():
    found = numdiff.derivative(np.sin, [1.0, 2.0])
    assert "status: ['converged' 'converged']" in repr(found)
    assert "Status." not in repr(found)
    assert repr(found.status) == "array(['converged', 'converged'], dtype=object)"
    one = numdiff.derivative(np.abs, 0.0)
    assert "status: 'kink'" in str(one)
    assert "np.float64" not in str(one)
    table = numdiff.hessian(lambda x: x[0] * x[1], [1.0, 2.0])
    assert "error: [[" in repr(table)
    assert "_axis" not in repr(table)
