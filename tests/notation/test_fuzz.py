"""Random input: no exception but InputError, always with a visible place, and readings that are other inputs."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

import numdiff as nd
from numdiff.notation.limits import MAX_CHARACTERS
from numdiff.notation.source import read
from numdiff.printing.latex import to_latex
from numdiff.tree import Number, walk

PIECES = [
    *r"""x y z e pi π 2 3 10 0 1 0.5 1e-4 2e3 + - * / ^ ** ( ) [ ] { } | , = sin cos ln log exp sqrt √ ∛ ² ³ ⁻¹ ˣ ½ ¼
    x_1 x₁ θ \frac \sqrt \sin \ln \cdot \left( \right) \pi \sum_{i=1}^{2} Σ_{i=1}^{3} _ _{1} x_i i max min abs relu σ
    야식 운동 ㅌ х lambda def return : ; ' " ! % f(x)= f(x) np.exp math.sqrt np. $ \\ \text{야식} \mathrm{e} ⌊ ⌋ \lfloor
    \rfloor × · − ÷ ２ ｘ （ ） -> == e^ e^- sin^2 log_2 log_{ \log_ log2 sum( ,i,1,2) d/dx \frac{1}{x} \frac12 1. .5 .
    \, ‘ ’ 𝑥 ∞ ° a b c""".split(),
    *(" ", "\n", "\u200b", "\u3000"),
]
MIXTURES = 30_000


def check(text):
    try:
        return read(text).tree
    except nd.InputError as error:
        refusal = error
    start, end = refusal.span
    assert 0 <= start < end <= len(text) or not text
    assert text not in refusal.readings
    return None


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_understood_or_refused(text):
    check(text)


def test_mixtures_of_notation_are_understood_or_refused_and_print_as_they_read():
    choose = random.Random(2026)
    for _ in range(MIXTURES):
        pieces = choose.choices(PIECES, k=choose.choice((1, 2, 3, 4, 5, 6, 8, 12, 20, 60)))
        tree = check("".join(pieces))
        if tree is not None and not any(isinstance(part, Number) and "e" in part.text for part in walk(tree)):
            printed = to_latex(tree)
            assert len(printed) > MAX_CHARACTERS or read(printed).tree == tree, printed
