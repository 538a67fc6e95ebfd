"""The code of the page, to be read and to be run: what is shown is what is executed."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from numdiff.network import model as network
from pages.explore.gradcheck.cached import At
from pages.parts.i18n import Translator

_CHECK = """\
import numdiff as nd

f = nd.parse({text!r})
check = nd.gradcheck(f, at={at!r}, dx={dx!r}, scheme={scheme!r})
for partial in check.variables:
    print(partial.name, partial.analytic, partial.numerical, partial.relative, partial.band)
"""


@cache
def source(function: Callable[..., Any]) -> str:
    """Return the source of a function without its docstring."""
    text = textwrap.dedent(inspect.getsource(function))
    (definition,) = ast.parse(text).body
    assert isinstance(definition, ast.FunctionDef)
    first, *rest = definition.body
    lines = text.splitlines()
    start, end = first.lineno - 1, (rest[0].lineno - 1 if rest else len(lines))
    return "\n".join(lines[:start] + lines[end:])


def check_script(text: str, at: At, dx: float, scheme: str) -> str:
    """Return a script that repeats the check of a function."""
    return _CHECK.format(text=text, at=dict(at), dx=dx, scheme=scheme)


def of_function(text: str, at: At, dx: float, scheme: str, _: Translator) -> None:
    """Draw the script, and the loop that every course writes."""
    st.caption(_("gradcheck.code.check"))
    st.code(check_script(text, at, dx, scheme), language="python")
    st.caption(_("gradcheck.code.loop"))
    st.code(source(network.numerical_gradient), language="python")


def of_network(_: Translator) -> None:
    """Draw the forward and the backward pass, and the loop."""
    st.caption(_("gradcheck.code.network"))
    st.code(f"{source(network.forward)}\n\n\n{source(network.backward)}", language="python")
    st.caption(_("gradcheck.code.loop"))
    st.code(source(network.numerical_gradient), language="python")
