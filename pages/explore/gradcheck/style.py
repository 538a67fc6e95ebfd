"""How the page looks beyond what all pages share."""

from __future__ import annotations

_STYLE = """
.nd-panel .nd-verdict { font-weight: 650; white-space: nowrap; }
.nd-panel.nd-check { font-size: 0.95rem; }
.nd-panel.nd-check th, .nd-panel.nd-check td { padding-right: 0.9rem; }
.nd-panel.nd-check .nd-small { opacity: 0.75; font-size: 0.85rem; margin: 0.2rem 0; }
.nd-panel.nd-check .nd-tall :is(th, td) { padding-right: 0.6rem; }
.nd-panel.nd-check .nd-tall { max-height: 25rem; overflow: auto; }
.nd-panel.nd-check .nd-tall thead th { position: sticky; top: 0; background: var(--nd-paper); z-index: 2; }
.st-key-gradcheck_top { row-gap: 0.4rem; }
.st-key-gradcheck_formula { min-height: 3rem; }
.st-key-gradcheck_formula .katex-display { text-align: left; margin: 0.1rem 0; overflow: auto hidden; }
.st-key-gradcheck_formula .katex-display > .katex { text-align: left; }
@media (max-width: 640px) {
  .st-key-gradcheck_picture { overflow-x: auto; }
  .st-key-gradcheck_picture > * { min-width: 520px; }
  .nd-panel.nd-wide.nd-check { font-size: 0.82rem; }
}
"""

_PRESENT = """
.nd-panel.nd-wide.nd-check { font-size: 1.05rem; }
.nd-panel.nd-check p { font-size: 1.2rem; }
.nd-panel.nd-check .nd-small { font-size: 1rem; }
.st-key-top { display: none; }
.stMainBlockContainer { padding-top: 3.4rem; }
.st-key-echo .katex-display > .katex, .st-key-gradcheck_formula .katex-display > .katex { font-size: 1.7em; }
"""


def of(*, present: bool) -> str:
    """Return the page's style as HTML; for a projector with larger type."""
    return f"<style>{_STYLE}{_PRESENT if present else ''}</style>"
