"""The glossary's terms are complete in both languages, and found by whatever a learner is likely to type."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from pages.learn.glossary import view
from pages.learn.glossary.finding import NEAR, find, folded, near
from pages.learn.glossary.terms import GROUPS, numbers_of_formulas, pictures, plain, terms, words
from pages.parts import state, theme
from pages.parts.i18n import languages
from pages.parts.lessons import outline
from pages.parts.page import fields

LANGUAGES = tuple(languages())
PICTURES = sorted({term.picture for term in terms().values() if term.picture})
LATIN = {"x", "y", "f", "g", "a", "b", "t", "u", "v", "w", "h", "p", "e", "n", "uv", "S"}
"""Signs of mathematics, which stand in Korean text too."""
NAMES = {"V", "Δx", "ReLU", "NumPy", "float", "float16", "float32", "float64", "bfloat16", "SiLU", "GELU", "ln"}
FORMULA = re.compile(r"\$[^$]*\$|`[^`]*`")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_its_words_in_every_language(language):
    own = words(language)
    assert list(own) == list(terms())
    for said in own.values():
        assert said.name
        assert said.name.strip() == said.name
        assert said.text.endswith(".")
        assert said.text.count("$") % 2 == 0
        assert "{" not in FORMULA.sub("", said.text)
    names = [plain(said.name) for said in own.values()]
    assert len(set(names)) == len(names)


def test_korean_is_korean_and_english_is_not():
    for name, said in words("en").items():
        assert not re.search("[가-힣]", f"{said.name} {said.text} {' '.join(said.also)}"), name
    for name, said in words("ko").items():
        assert re.search(r"(니다|습니다)\.$", said.text), name
        latin = set(re.findall(r"[A-Za-z][A-Za-z0-9]*", FORMULA.sub(" ", said.text)))
        assert latin <= NAMES | LATIN, name
    for seen in pictures("en").values():
        assert not re.search("[가-힣]", seen)
    for name, seen in pictures("ko").items():
        assert set(re.findall(r"[A-Za-z][A-Za-z0-9]*", seen)) <= NAMES | LATIN, name


def test_every_term_stands_under_a_heading_and_headings_stand_together():
    groups = [term.group for term in terms().values()]
    assert list(dict.fromkeys(groups)) == list(GROUPS)
    assert groups == sorted(groups, key=GROUPS.index)


@pytest.mark.parametrize("term", terms().values(), ids=lambda term: term.id)
def test_every_way_on_leads_somewhere(term):
    if term.lesson:
        assert term.lesson in outline.sections()
    if term.explore:
        given = {name: [text] for name, text in term.explore.items() if name != "page"}
        seen, unread = state.read_link(given)
        assert unread == ()
        page = term.explore["page"]
        assert given.keys() <= fields(page).keys()
        assert all(seen[name] == value for name, value in view.fields(term.explore).items())


def test_every_number_is_filled_in_and_the_derivatives_are_the_engines():
    lines = [line for term in terms().values() for line in term.formula]
    assert not [line for line in lines if re.search(r"\{\{[a-z_]+\}\}", line)]
    assert terms()["machine_epsilon"].formula == (
        r"\varepsilon_{\texttt{float64}} = 2^{-52} \approx 2.2 \cdot 10^{-16}",
    )
    assert r"2^{-7} \approx 7.8 \cdot 10^{-3}" in terms()["bfloat16"].formula[0]
    assert numbers_of_formulas()["euler"].startswith("2.71828182845904")
    assert terms()["sigmoid"].formula[1] == r"\sigma'(x) = \sigma(x) (1 - \sigma(x))"


def test_every_picture_is_drawn_in_both_modes_and_told_in_both_languages():
    assert sorted(view.DRAWINGS) == PICTURES
    for language in LANGUAGES:
        assert sorted(pictures(language)) == PICTURES


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_sound_and_uses_its_themes_colours_only(name):
    for mode in (theme.LIGHT, theme.DARK):
        drawn = view.DRAWINGS[name](mode).svg()
        ElementTree.fromstring(drawn)
        assert "nan" not in drawn
        assert "inf" not in drawn
        known = {mode.ink, mode.muted, mode.paper, *(mode[role].color for role in theme.ROLES)}
        assert set(re.findall(r"#[0-9A-F]{6}", drawn)) <= known


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("미분계수", "derivative_at"),
        ("도함수", "derivative"),
        ("수치미분", "numerical_differentiation"),
        ("기울기", "slope"),
        ("slope", "slope"),
        ("gradient", "gradient"),
        ("ㅇㅅㅂㅊ", "chain_rule"),
        ("ㅁㅂㄱㅅ", "derivative_at"),
        ("ㅈㅇㅊㅂ", "central"),
        ("체인룰", "chain_rule"),
        ("CHAIN RULE", "chain_rule"),
        ("autodiff", "automatic_differentiation"),
        ("backprop", "backpropagation"),
        ("log-log", "loglog"),
        ("log log", "loglog"),
        ("중심차분", "central"),
        ("편 미분", "partial"),
        ("편미", "partial"),
        ("∇", "gradient"),
        ("swish", "silu"),
        ("Ｊａｃｏｂｉａｎ", "jacobian"),
    ],
)
def test_a_term_is_found_by_either_language_and_by_other_names(typed, first):
    assert find(typed)[0] == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_finds_its_own_term_first_and_so_does_every_beginning(language):
    for term, said in words(language).items():
        assert find(said.name)[0] == term
        beginning = plain(said.name)
        for length in range(1, len(beginning)):
            if folded(beginning[:length]):
                assert term in find(beginning[:length])


def test_a_syllable_half_typed_and_initial_consonants_find_what_begins_so():
    assert set(find("ㅁㅂ")) >= set(find("미ㅂ")) >= set(find("미분"))
    assert set(find("미부")) >= set(find("미분"))
    assert "derivative" in find("ㅁㅂ")
    assert find("미본") == ()


@pytest.mark.parametrize("typed", ["", "   ", "-", "()"])
def test_nothing_typed_finds_nothing(typed):
    assert find(typed) == ()
    assert near(typed) == ()


@pytest.mark.parametrize(
    ("typed", "likely"),
    [("derivitive", "derivative"), ("tangnet", "tangent"), ("접션", "tangent"), ("연새법칙", "chain_rule")],
)
def test_what_is_misspelt_is_offered(typed, likely):
    assert find(typed) == ()
    assert likely in near(typed)[:3]
    assert len(near(typed)) <= NEAR


def test_what_is_like_nothing_offers_nothing():
    assert near("zzzzzz") == ()
