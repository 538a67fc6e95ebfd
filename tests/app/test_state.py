"""A link carries a view there and back; whatever else it holds, a sane view opens."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numdiff.difference.schemes import SCHEMES as ALL_SCHEMES
from numdiff.practice.exercise import KINDS
from pages.apply.practice import fields as practice
from pages.explore.chain import fields as chain
from pages.explore.error import fields as error
from pages.explore.gradcheck import fields as gradcheck
from pages.explore.partial import fields as partial
from pages.explore.secant import fields as secant
from pages.learn.lessons import numerical, standard
from pages.parts import fields, page, state
from pages.parts.i18n import languages
from pages.parts.lessons import outline


def opened(query: str) -> tuple[dict[str, object], tuple[str, ...]]:
    return state.read_link(parse_qs(query, keep_blank_values=True))


def subsets(options: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(options)).map(lambda names: tuple(name for name in options if name in names))


CHOICES: dict[str, st.SearchStrategy[object]] = {
    "f": st.sampled_from(
        ["x y^2", "x^2", "3x e^x", "½x", "|x|", r"\frac{1}{1+e^{-x}}", "야식^2", "lambda x: x + 1", "f(x) = x"]
    ),
    "x": st.sampled_from(["3.0", "-2", "π/2", "1e-4", "−0.5"]),
    "dx": st.sampled_from(["10^-4", "1e-4", "2*10^-5", "0.5", "1e-300"]),
    "var": st.sampled_from(["", "x", "x_1", "야식"]),
    "at": st.sampled_from([(), (("y", "2"),), (("x_1", "π/2"), ("야식", "-1e-4"))]),
    "schemes": subsets(fields.SCHEMES),
    "window": st.sampled_from(secant.WINDOWS),
    "slope": st.booleans(),
    "curves": subsets(tuple(ALL_SCHEMES)),
    "dtypes": subsets(fields.DTYPES),
    "focus": st.sampled_from(tuple(ALL_SCHEMES)),
    "parts": st.booleans(),
    "model": st.booleans(),
    "step": st.sampled_from(error.STEP_KINDS),
    "zoom": st.sampled_from(["auto", "1.0,2.5,1e-08,0.5"]),
    "present": st.booleans(),
    "view": st.sampled_from(error.VIEWS),
    "chain": st.sampled_from(chain.VIEWS),
    "inner": st.sampled_from(["", "3x^2", "x", "-x"]),
    "sign": st.sampled_from(fields.SIGNS),
    "reveal": st.sampled_from(chain.REVEALS),
    "known": subsets(chain.KNOWN),
    "section": st.sampled_from(["", *outline.sections()]),
    "own_f": st.sampled_from(["", "x^3", "def func1(x):\n    return x**2"]),
    "own_x": st.sampled_from(["", "-2", "π/2"]),
    "own_dx": st.sampled_from(["", "10^-6"]),
    "own_at": st.sampled_from([(), (("y", "2"),)]),
    "rule": st.sampled_from(standard.RULES),
    "a": st.sampled_from([-5.0, -0.5, 0.0, 2.5]),
    "n": st.integers(*standard.POWERS),
    "mark": st.sampled_from(numerical.MARKS),
    "partial": st.sampled_from(partial.VIEWS),
    "angle": st.integers(*partial.ANGLES),
    "beside": st.sampled_from(["", "y", "x_2"]),
    "check": st.sampled_from(gradcheck.VIEWS),
    "precision": st.sampled_from(fields.DTYPES),
    "quotient": st.sampled_from(gradcheck.QUOTIENTS),
    "broken": st.sampled_from(["", "v1.0", "v12.1"]),
    "mistake": st.sampled_from(gradcheck.MISTAKES),
    "hidden": st.integers(*gradcheck.HIDDEN),
    "activation": st.sampled_from(gradcheck.ACTIVATIONS),
    "loss": st.sampled_from(gradcheck.LOSSES),
    "seed": st.integers(*gradcheck.SEEDS),
    "point": st.integers(*gradcheck.DATA),
    "tenths": st.integers(*gradcheck.TENTHS),
    "term": st.sampled_from(["", "미분계수", "chain rule", "ㅁㅂ", "∇", "a&b=c#d %"]),
    "sheet": st.sampled_from(practice.SHEETS),
    "kinds": subsets(KINDS),
    "level": st.sampled_from(practice.LEVELS),
    "sheet_seed": st.integers(*practice.SHEET_SEEDS),
    "number": st.integers(1, 99),
    "teacher": st.booleans(),
}
VALUES = st.fixed_dictionaries(CHOICES)


def test_every_field_of_every_page_is_varied():
    assert set(CHOICES) == set(page.fields())


def test_pages_that_have_a_field_of_one_name_have_one_field():
    kinds = [fields.Place, *(one.view for one in page.table())]
    known = page.fields()
    assert all(item is known[name] for kind in kinds for name, item in fields.fields_of(kind).items())


@pytest.mark.parametrize("kind", dict.fromkeys(one.view for one in page.table()), ids=lambda kind: kind.__module__)
def test_what_a_page_begins_with_can_be_linked_to(kind):
    for name, item in fields.fields_of(kind).items():
        assert item.read(item.write(item.default)) == item.default, name


@given(VALUES, st.sampled_from(list(languages())))
def test_a_link_reopens_the_view(values, language):
    given = state.parameters(values, language)
    assert opened(urlencode(given)) == (values, ())
    assert given["lang"] == language


@pytest.mark.parametrize(
    ("query", "unread"),
    [
        ("x=abc", ("x",)),
        ("dx=-1", ("dx",)),
        ("dx=0", ("dx",)),
        ("dx=1e9", ("dx",)),
        ("x=1e300", ("x",)),
        ("x=1/0", ("x",)),
        ("f=%3Cscript%3Ealert(1)%3C/script%3E", ("f",)),
        ("f=__import__('os')", ("f",)),
        ("f=" + "(" * 5000, ("f",)),
        ("f=", ("f",)),
        ("at=y", ("at",)),
        ("at=y=2;y=3", ("at",)),
        ("at=y=2;z=z", ("at",)),
        ("at=2=y", ("at",)),
        ("var=x+1", ("var",)),
        ("f=x&f=x^2", ("f",)),
        ("schemes=central.sideways", ("schemes",)),
        ("window=1e9", ("window",)),
        ("zoom=1,2,0,1", ("zoom",)),
        ("sheet_seed=0", ("sheet_seed",)),
        ("sheet_seed=²", ("sheet_seed",)),
        ("number=1e3", ("number",)),
        ("kinds=integral", ("kinds",)),
        ("zoom=1,2,nan,1", ("zoom",)),
        ("zoom=1,2,3", ("zoom",)),
        ("slope=yes", ("slope",)),
        ("parts=", ("parts",)),
        ("dtypes=float128", ("dtypes",)),
        ("step=%00", ("step",)),
        ("utm_source=school&embed=true", ()),
        ("x=abc&dx=-1&f=%3Cscript%3E", ("f", "x", "dx")),
    ],
)
def test_a_broken_link_opens_a_sane_view_and_says_what_was_not_read(query, unread):
    assert opened(query) == ({}, unread)


def test_what_can_be_read_of_a_broken_link_is_read():
    assert opened("f=sin+x&x=abc&dx=1e-4") == ({"f": "sin x", "dx": "1e-4"}, ("x",))


@given(st.dictionaries(st.sampled_from(list(page.fields())), st.lists(st.text(), max_size=3)))
def test_no_link_raises(parameters):
    values, unread = state.read_link(parameters)
    assert set(unread) <= page.fields().keys()
    assert values.keys() <= page.fields().keys()
