"""How the page looks."""

from __future__ import annotations

STYLE = """<style>
.st-key-partial_formula .st-key-stale { position: static; }
.stMain:has(.st-key-stale) :is(.st-key-partial_picture, .st-key-partial_numbers, .st-key-partial_steps) {
  opacity: 0.4; filter: grayscale(0.7); }
.st-key-partial_loader { position: absolute; height: 0; overflow: hidden; visibility: hidden; }
.st-key-canvas_place { --plain-height: 216px; }
:is(.st-key-partial_formula, .st-key-partial_steps, [class*="st-key-partial_said"])
  :is([data-testid="stMarkdownContainer"], [data-testid="stCaptionContainer"]) { margin-bottom: 0; }
.st-key-partial_formula { flex-wrap: wrap; row-gap: 0; }
.st-key-partial_formula .katex-display { margin: 0; }
.st-key-partial_formula .katex-display > .katex { font-size: 1.25em; }
.st-key-partial_table table { font-variant-numeric: tabular-nums; }
.st-key-partial_table :is(td, th) { border: 0 !important; padding: 0.3rem 1rem 0.3rem 0 !important;
  white-space: nowrap; }
.st-key-partial_table [data-testid="stMarkdownContainer"] { overflow-x: auto; }
.st-key-partial_steps .katex-display { margin: 0; padding: 0.2rem 0; text-align: left; }
.st-key-partial_steps .katex-display > .katex { text-align: left; font-size: 1.2em; }
.st-key-partial_steps p { margin-bottom: 0.1rem; }
.st-key-partial_steps h3 { padding: 0.6rem 0 0.2rem; }
[class*="st-key-partial_step_"] { padding: 0.15rem 0 0.15rem 0.9rem;
  border-left: 2px solid color-mix(in srgb, currentColor 18%, transparent); }
[class*="st-key-partial_step_0"] { border-left: 0; padding-left: 0; }
[class*="st-key-partial_step_"] { max-width: calc(100% - var(--nd-inside, 0rem)); margin-left: var(--nd-inside, 0rem); }
[class*="st-key-partial_step_2"] { --nd-inside: 1.2rem; }
[class*="st-key-partial_step_3"] { --nd-inside: 2.4rem; }
[class*="st-key-partial_step_4"] { --nd-inside: 3.6rem; }
[class*="st-key-partial_step_5"] { --nd-inside: 4.8rem; }
[class*="st-key-partial_said"] { padding: 0.35rem 0.8rem; border-left: 3px solid currentColor; margin-top: 0.3rem; }
[class*="st-key-partial_said"] .katex-display { margin: 0; }
[class*="st-key-partial_said"] p { font-size: 1.1rem; margin: 0.15rem 0; }
@media (max-width: 640px) {
  [class*="st-key-partial_step_"] { --nd-inside: 0rem; padding-left: 0.5rem; }
  .st-key-partial_formula .katex-display > .katex { font-size: 1.1em; }
}
</style>"""
