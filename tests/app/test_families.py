"""Every id of a message that is put together at run time belongs to a family, and every member has its sentence."""

from __future__ import annotations

import ast
import re

import pytest

from pages.families import FAMILIES, VARIANTS
from pages.parts.canvas.script import words
from pages.parts.i18n import translator
from tests.app.test_catalogues import ROOT, SOURCES

LANGUAGES = ("ko", "en")
GROUPS = {message.partition(".")[0] for message in translator("en").messages}
CANVAS = "canvas."
"""What the canvas alone says is handed to the browser as it stands; its own tests ask for every id."""
SLOTS = {"lesson.{}.{}", "lesson.{}.{}.{}"}
"""Names of places in the session that look like ids of messages."""


def trees() -> list[tuple[str, ast.Module]]:
    return [(source.name, ast.parse(source.read_text(encoding="utf-8"))) for source in SOURCES]


def pattern_of(text: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in text.values)


def is_call(node: ast.AST) -> bool:
    """Return True for ``_(…)``, ``self._(…)`` and ``_.has(…)``."""
    if not isinstance(node, ast.Call) or not node.args:
        return False
    called = node.func
    if isinstance(called, ast.Attribute) and called.attr == "has":
        called = called.value
    return (isinstance(called, ast.Name) and called.id == "_") or (
        isinstance(called, ast.Attribute) and called.attr == "_"
    )


def built_ids(tree: ast.AST) -> set[str]:
    """Return the patterns of all ids that are put together: those asked for, and those that look like one."""
    asked = {node.args[0] for node in ast.walk(tree) if is_call(node)}
    built = {pattern_of(node) for node in asked if isinstance(node, ast.JoinedStr)}
    others = {pattern_of(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)}
    return built | {text for text in others if re.fullmatch(r"[a-z_]+\.[a-z_0-9.{}]*", text) and head(text) in GROUPS}


def head(text: str) -> str:
    return text.partition(".")[0]


def written_ids(tree: ast.AST) -> set[str]:
    """Return the texts that are ids of messages, wherever they stand."""
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return texts & set(translator("en").messages)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pattern", FAMILIES)
def test_every_member_of_a_family_has_a_message(pattern, language):
    assert FAMILIES[pattern]
    assert [message for message in FAMILIES[pattern] if not translator(language).has(message)] == []


def test_every_id_that_is_put_together_belongs_to_a_family():
    known = {*FAMILIES, *VARIANTS, *SLOTS}
    assert [(name, built) for name, tree in trees() for built in built_ids(tree) - known] == []


def test_every_family_is_asked_for():
    asked = {built for _name, tree in trees() for built in built_ids(tree)}
    assert {*FAMILIES, *VARIANTS, *SLOTS} - asked == set()


def test_an_id_is_put_together_in_no_other_way():
    """By + or format it would escape the test above."""
    for name, tree in trees():
        for call in filter(is_call, ast.walk(tree)):
            for part in ast.walk(call.args[0]):
                assert not isinstance(part, ast.BinOp), f"{name}: {ast.unparse(call)}"
                assert not (isinstance(part, ast.Attribute) and part.attr == "format"), f"{name}: {ast.unparse(call)}"


def test_every_message_is_asked_for():
    members = {message for family in (*FAMILIES.values(), *VARIANTS.values()) for message in family}
    written = {message for _name, tree in trees() for message in written_ids(tree)}
    found = set(translator("en").messages) - members - written
    assert {message for message in found if not message.startswith(CANVAS)} == set()


ASSETS = ROOT / "pages" / "parts" / "canvas" / "assets"
SCHEMES = ("forward", "backward", "central")
BUILT_IN_THE_BROWSER = {
    "short.${line.name}": [f"short.{scheme}" for scheme in SCHEMES],
    "term.${focus}": [f"term.{scheme}" for scheme in SCHEMES],
    "term.${role}": [f"term.{scheme}" for scheme in SCHEMES],
    "term.${name}": [f"term.{name}" for name in (*SCHEMES, "tangent")],
    '${look.box.narrow ? "short" : "line"}.${scheme}': [
        f"{way}.{each}" for way in ("short", "line") for each in SCHEMES
    ],
}
"""What the canvas puts together itself, by how it is written there."""


def remarks(source: str) -> list[str]:
    """Return the ids of the remarks, read off the function that chooses between them."""
    body = source.partition("export function remark(")[2].partition("\n}\n")[0]
    return [f"remark.{name}" for name in re.findall(r'\["(\w+)", \{', body)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_canvas_has_every_word_that_it_says_and_no_other(language):
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ASSETS.iterdir()))
    families = BUILT_IN_THE_BROWSER | {"remark.${id}": remarks(source)}
    assert set(re.findall(r"\btext\(`([^`]*)`", source)) == set(families)
    members = {message for family in families.values() for message in family}
    written = set(re.findall(r'"([a-z_.]+)"', source))
    known = set(words(language))
    assert members - known == set()
    assert known - members - written == set()
