"""How the page looks: formulas large enough to project, steps inside steps by a line at their left."""

from __future__ import annotations

_STYLE = """
@media (min-width: 641px) { :has(> .st-key-echo) { height: 3.6rem; flex-basis: 3.6rem; } }
:is(.st-key-chain_formulas, .st-key-chain_formulas p) { word-break: keep-all; overflow-wrap: break-word; }
.st-key-chain_formulas .katex-display { margin: 0; padding: 0.3rem 0; text-align: left; }
.st-key-chain_formulas .katex-display > .katex { text-align: left; font-size: var(--nd-formula, 1.32em); }
.st-key-chain_formulas [data-testid="stMarkdownContainer"], .st-key-chain_formulas [data-testid="stCaptionContainer"] {
  margin-bottom: 0; }
.st-key-chain_formulas p { margin-bottom: 0.1rem; }
.st-key-chain_formulas h3 { padding: 0.4rem 0 0.2rem; }
.st-key-chain_how { margin-top: 0.9rem; }
.st-key-chain_how h3 { padding: 0; }
.st-key-chain_known button { min-height: 2rem; padding-top: 0; padding-bottom: 0; }
[class*="st-key-chain_fold"] button { min-height: 1.6rem; padding: 0; }
.nd-formula > .katex-display { display: inline-block; vertical-align: middle; max-width: calc(100% - 4.2rem); }
.nd-copy { margin-left: 1rem; vertical-align: middle; font: inherit; font-size: 0.72rem; line-height: 1;
  padding: 0.3rem 0.4rem; border-radius: 4px; color: inherit; cursor: pointer; opacity: 0.3; background: none;
  border: 1px solid color-mix(in srgb, currentColor 30%, transparent); }
.nd-formula:hover > .nd-copy, .nd-copy:focus-visible { opacity: 1; }
[class*="st-key-chain_inside"] { border-left: 2px solid color-mix(in srgb, currentColor 18%, transparent);
  padding-left: 1.1rem; margin-left: 0.35rem; }
[class*="st-key-chain_step"] { padding: 0.25rem 0.5rem; border-radius: 6px; }
[class*="st-key-chain_step_on"] { background: color-mix(in srgb, #E6BE3C 26%, transparent); }
[class*="st-key-chain_line"] button { padding: 0.1rem 0; min-height: 1.8rem; max-width: 100%; overflow-x: auto;
  font-size: 1.08rem; justify-content: flex-start; }
:is([class*="st-key-chain_line"], [class*="st-key-chain_card"]) button p { text-align: left; }
:is([class*="st-key-chain_line"], [class*="st-key-chain_card"]) button .base { margin-bottom: 0.3em; }
[class*="st-key-chain_card"] button { padding: 0.1rem 0; min-height: 1.9rem; max-width: 100%; overflow-x: auto;
  justify-content: flex-start; font-size: 1.08rem; }
[class*="st-key-chain_failed"] { border: 2px solid #B3202F; }
[class*="st-key-chain_factors"] table { font-variant-numeric: tabular-nums; }
[class*="st-key-chain_factors"] :is(td, th) { border: 0 !important; padding: 0.35rem 1.1rem 0.35rem 0 !important;
  white-space: nowrap; }
[class*="st-key-chain_factors"] [data-testid="stMarkdownContainer"] { overflow-x: auto; }
@media (max-width: 640px) {
  .st-key-chain_how { row-gap: 0.4rem; }
  .st-key-chain_formulas .katex-display > .katex { font-size: var(--nd-formula-small, 1.15em); }
  [class*="st-key-chain_inside"] { padding-left: 0.55rem; margin-left: 0; }
  .nd-formula > .katex-display { max-width: calc(100% - 2.9rem); }
  .nd-copy { margin-left: 0.4rem; font-size: 0.6rem; padding: 0.3rem 0.2rem; }
  :has(> .st-key-echo) { min-height: 3.6rem; }
  .st-key-chain_formulas .stHorizontalBlock:has([class*="st-key-chain_card"]) { row-gap: 0.5rem; }
  [class*="st-key-chain_factors"] :is(td, th) { padding-right: 0.6rem !important; font-size: 0.9rem; }
}
"""

_PRESENT = """
:root { --nd-formula: 1.75em; --nd-formula-small: 1.3em; }
.st-key-chain_formulas [data-testid="stMarkdownContainer"], .st-key-chain_formulas .nd-panel.nd-wide {
  font-size: 1.2rem; }
.st-key-top, .nd-copy { display: none; }
.stMainBlockContainer { padding-top: 3.4rem; }
.st-key-echo .katex-display > .katex { font-size: 1.7em; }
"""


def of(*, present: bool) -> str:
    """Return the page's style as HTML; for a projector with larger type and without what is only for the hand."""
    return f"<style>{_STYLE}{_PRESENT if present else ''}</style>"
