"""How the page looks beyond what all pages share."""

from __future__ import annotations

STYLE = """<style>
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
</style>"""
