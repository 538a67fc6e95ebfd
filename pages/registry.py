"""All languages, and all pages in the order of navigation.

A page is its folder and one line here; a language is its texts and one line.
"""

from __future__ import annotations

from pages.apply import practice
from pages.explore import chain, error, gradcheck, partial, secant
from pages.learn import glossary, home
from pages.learn.lessons import chainrule, definition, examples, exercises, numerical, partials, standard, why
from pages.parts.i18n import Language
from pages.parts.page import Page

LANGUAGES = (Language("ko", "한국어"), Language("en", "English"))

PAGES: tuple[Page, ...] = (
    home.PAGE,
    why.PAGE,
    definition.PAGE,
    standard.PAGE,
    numerical.PAGE,
    examples.PAGE,
    partials.PAGE,
    chainrule.PAGE,
    exercises.PAGE,
    glossary.PAGE,
    secant.PAGE,
    error.PAGE,
    chain.PAGE,
    partial.PAGE,
    gradcheck.PAGE,
    practice.PAGE,
)
