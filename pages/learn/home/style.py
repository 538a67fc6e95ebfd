"""How the front page looks."""

STYLE = """<style>
.stMainBlockContainer { padding-bottom: 0.5rem; }
.st-key-home_picture { --plain-height: clamp(220px, 47vh, 560px); }
.stMain .stColumn [data-testid="stMarkdownContainer"] p { font-size: 1.12rem; line-height: 1.5; word-break: keep-all; }
.st-key-home_ways h3 { font-size: 1.15rem; padding: 0.5rem 0 1.25rem; }
.stMain .st-key-home_ways { gap: 0; }
.st-key-home_ways .stPageLink a { min-height: 34px; }
.st-key-home_ways .stPageLink a :is(span, div, p) { white-space: normal; }
@media (max-width: 640px) {
  .st-key-home_picture { --plain-height: 250px; }
  :is(.st-key-home_ways, .st-key-home_answer) .stPageLink a { min-height: 44px; }
}
</style>"""
