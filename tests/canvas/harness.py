"""The canvas without Streamlit: one HTML page that loads the assembled script, to try it fast and in isolation.

``python -m tests.canvas.harness "sin(1/x)" 0.1 1 dark`` prints the page.
"""

from __future__ import annotations

import json
import sys

from pages.parts import theme
from pages.parts.canvas import cached
from pages.parts.canvas.component import Scene, sent
from pages.parts.canvas.script import packed, skeleton, style

_VARIABLES = {
    "light": {"text": "#1f2328", "background": "#ffffff", "secondary-background": "#f4f5f7", "primary": "#0067a8"},
    "dark": {"text": "#e6e6e6", "background": "#0e1117", "secondary-background": "#1c2128", "primary": "#5cb8f2"},
}


def page(scene: Scene, language: str = "en", mode: str = "light") -> str:
    """Return the page; ``window.sent`` collects what the canvas sends, ``window.show(data)`` is the server."""
    colors = "".join(f"--st-{name}-color: {value};" for name, value in _VARIABLES[mode].items())
    head = f"""<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>:root {{ {colors} --st-border-color: #8886; --st-font: {theme.FONT}; }}
body {{ margin: 0; padding: 12px 24px; background: var(--st-background-color); }}</style>
<div id="place"></div>"""
    # a shadow root, as Streamlit isolates styles
    body = f"""<script type="module">
const source = {json.dumps(packed())}
const place = document.querySelector("#place").attachShadow({{ mode: "open" }})
place.innerHTML = {json.dumps(f"<style>{style()}</style>{skeleton()}")}
const draw = (await import(URL.createObjectURL(new Blob([source], {{ type: "text/javascript" }})))).default
window.sent = []
const setStateValue = (name, value) => window.sent.push(value)
window.show = (data) => {{ window.end = draw({{ data, setStateValue, parentElement: place }}) }}
window.show({json.dumps(sent(scene, language, 1))})
window.ready = true
</script>"""
    return head + body


if __name__ == "__main__":
    text, x, dx = (sys.argv[1:4] + ["3x e^x", "2", "1"][len(sys.argv) - 1 :])[:3]
    mode = sys.argv[4] if len(sys.argv) > 4 else "light"
    scene = cached.scene(text, float(x), float(dx), ("forward", "central"))
    sys.stdout.write(page(scene, "en", mode))
