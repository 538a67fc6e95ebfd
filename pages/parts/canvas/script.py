"""The browser's part of the canvas: small modules of JavaScript, put together into the one script a component takes.

The modules import from each other so that node can test them one by one. Here their imports are checked and dropped,
since in one script every name is in sight; names must therefore differ between modules, which the browser and the
tests check. What Python owns comes along as data: the printer's helpers, the words, the colours.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from dataclasses import asdict
from functools import cache
from pathlib import Path

from numdiff.functions.javascript_recipes import HELPER_NAMES, JAVASCRIPT_HELPERS
from pages.parts import theme
from pages.parts.fields import SCHEMES
from pages.parts.i18n import languages, translator

ASSETS = Path(__file__).parent / "assets"
ENTRY = "main.js"
ROLES = ("curve", "tangent", *SCHEMES, "learner", "trouble")
"""The roles of the theme that the canvas draws."""
PREFIX = "canvas."
"""Ids of the messages that only the canvas uses; it knows them without this."""
BORROWED = {"term": (*SCHEMES, "tangent"), "short": SCHEMES}
"""Ids of messages that it shares with the pages."""

_IMPORT = re.compile(
    r'^import (?:\{(?P<names>[^}]*)\}|\* as (?P<whole>\w+)) from "\./(?P<file>[\w.]+)"\n', re.MULTILINE
)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const)\b)", re.MULTILINE)
_EXPORTED = re.compile(r"^export (?:async )?(?:function|class|const) (\w+)", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+|\n(?=\n)", re.MULTILINE)  # no template literal runs over several lines
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*.*?\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)


class AssetError(ValueError):
    """A module imports what another does not export."""


def _read(name: str, folder: Path | None = None) -> str:
    return ((folder or ASSETS) / name).read_text(encoding="utf-8")


def _check(name: str, wanted: str | None, source: str) -> None:
    missing = {part.strip() for part in (wanted or "").split(",")} - {""} - set(_EXPORTED.findall(source))
    if missing:
        raise AssetError(f"{name} does not export {', '.join(sorted(missing))}")


def assemble(entry: str = ENTRY, folder: Path | None = None) -> str:
    """Return the modules as one script, those that others need first.

    Parameters
    ----------
    entry : str
        The module that needs the others.
    folder : Path, optional
        Where they are; by default the canvas's.

    Raises
    ------
    AssetError
        If a module imports a name that another does not export.
    """
    done: dict[str, str] = {}

    def add(name: str) -> None:
        if name in done:
            return
        source = _read(name, folder)
        done[name] = ""  # a circle ends here
        whole = []
        for match in _IMPORT.finditer(source):
            add(match["file"])
            other = _read(match["file"], folder)
            _check(match["file"], match["names"], other)
            if match["whole"]:
                whole.append(f"const {match['whole']} = {{ {', '.join(_EXPORTED.findall(other))} }}\n")
        body = _INDENT.sub("", _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", source))))
        done[name] = "".join(whole) + body
        order.append(name)

    order: list[str] = []
    add(entry)
    return "\n".join(done[name] for name in order)


def _palette(look: theme.Theme) -> dict[str, object]:
    roles = {role: {key: asdict(look[role])[key] for key in ("color", "width", "dash", "symbol")} for role in ROLES}
    return {"ink": look.ink, "muted": look.muted, "grid": look.grid, "paper": look.paper, "roles": roles}


def words(language: str) -> dict[str, str]:
    """Return the canvas's messages in a language: its own by their short ids, and those it borrows."""
    _ = translator(language)
    own = {name.removeprefix(PREFIX): sentence for name, sentence in _.messages.items() if name.startswith(PREFIX)}
    return own | {f"{group}.{name}": _(f"{group}.{name}") for group, names in BORROWED.items() for name in names}


def fixed() -> dict[str, object]:
    """Return what the script brings with it beside the helpers: words, colours and the fonts."""
    return {
        "words": {language: words(language) for language in languages()},
        "themes": {"light": _palette(theme.LIGHT), "dark": _palette(theme.DARK)},
        "font": theme.FONT,
    }


@cache
def script() -> str:
    """Return the whole script of the component."""
    helpers = (
        f"const HELPERS = (() => {{\n{JAVASCRIPT_HELPERS}\nreturn {{ {', '.join(sorted(HELPER_NAMES))} }}\n}})()\n"
    )
    data = (
        f"const FIXED = {{ helpers: HELPERS, ...{json.dumps(fixed(), ensure_ascii=False, separators=(',', ':'))} }}\n"
    )
    return f"{helpers}{data}{assemble()}\nexport default (component) => mount(component, FIXED)\n"


@cache
def packed() -> str:
    """Return the script compressed, in a script that unpacks it: a third of the bytes for every phone in the room."""
    data = base64.b64encode(gzip.compress(script().encode(), mtime=0)).decode()
    return f"""\
const bytes = Uint8Array.from(atob("{data}"), (sign) => sign.charCodeAt(0))
const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))
const address = URL.createObjectURL(new Blob([await new Response(stream).text()], {{ type: "text/javascript" }}))
const {{ default: draw }} = await import(address)
URL.revokeObjectURL(address)
export default draw
"""


@cache
def style() -> str:
    """Return the component's style sheet."""
    return _read("canvas.css")


@cache
def skeleton() -> str:
    """Return the component's HTML: fixed, and without words, which the script puts in."""
    return _read("canvas.html")
