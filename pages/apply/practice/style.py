"""How the practice page looks: the question large, the help beside it calm, room kept for what comes and goes."""

from __future__ import annotations

STYLE = """<style>
.st-key-practice_question { padding: 0.6rem 0 0.4rem; }
.st-key-practice_question .stMarkdown p { font-size: 1.15rem; }
.st-key-practice_question .stMarkdown .katex { font-size: 1.15em; }
.st-key-practice_question .katex-display { margin: 0.4rem 0; }
.st-key-practice_question .katex-display > .katex { font-size: 1.7em; }
.st-key-practice_echo { min-height: 3.4rem; justify-content: center; }
.st-key-practice_echo .katex-display { margin: 0; }
.st-key-practice_echo .katex-display > .katex { font-size: 1.3em; }
.st-key-practice_help_place { padding: 0.9rem 1.1rem; border-radius: 8px; min-height: 6rem;
  background: color-mix(in srgb, currentColor 4%, transparent); }
.st-key-practice_help_place .katex-display { overflow: auto hidden; margin: 0.5rem 0; }
.st-key-practice_help_place .katex-display > .katex { font-size: 1.15em; }
.stMain .stRadio label p { font-size: 1.1rem; }
.stMain .stRadio label { min-height: 2.2rem; align-items: center; }
.st-key-practice_go { padding-top: 0.6rem; }
[class*="st-key-practice_solved_"] { padding: 0.7rem 0; break-inside: avoid;
  border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
[class*="st-key-practice_solved_"] .katex-display { margin: 0.2rem 0; text-align: left; }
[class*="st-key-practice_solved_"] .katex-display > .katex { text-align: left; font-size: 1.25em; }
@media (min-width: 1150px) { .st-key-practice_home { margin-top: -2.85rem; pointer-events: none; }
  .st-key-practice_home > * { pointer-events: auto; } }
@media (max-width: 640px) { .st-key-practice_question .katex-display > .katex { font-size: 1.35em; } }
</style>"""
