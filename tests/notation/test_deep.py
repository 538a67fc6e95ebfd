"""Long and deep inputs: the limits are told before anything measures the tree level by level."""

import pytest

import numdiff as nd
from numdiff.notation.limits import MAX_CHARACTERS, MAX_NODES
from numdiff.tree import IndexedSum, Mul, Number, Variable, children, size

PIECES = (
    *("-", "+", "(", "[", "{", "⌊", "|", "√", "∛", r"\sqrt", r"\sqrt{", "sin ", "sin(", "e^", "x^", "x^-", "2^{", "x²"),
    *("x", "θ", "야식 ", "½", "1/", "x/", "x+", "x-", "x*", "x(", "(x)", "(x+1)", "|x|", "'", "f'", "x_", "x_1", "1."),
    *("e", "π", r"\frac{1}{", r"\frac1", "Σ_{i=1}^{2}", "sum(", "sum(i,i,1,2)+", "lambda x:", "def f(x): ", "x→"),
    *(
        "f(x)=",
        "log_",
        "log_{",
        "ln^2 ",
        "max(x,",
        "abs(",
        "|x+",
        "$",
        "\n",
        ";",
        "!",
        "⁻",
        "⁽",
        "₁",
        "^(",
        "e^(-",
        "∆",
    ),
)


def _at_depth(frames, call):
    return call() if frames == 0 else _at_depth(frames - 1, call)


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_repetition_is_read_or_refused(piece):
    for tail in ("", "x", "(x)", "x" + ")" * 100):
        for length in (200, 400, MAX_CHARACTERS):
            text = (piece * MAX_CHARACTERS)[: length - len(tail)] + tail
            try:
                f = _at_depth(250, lambda text=text: nd.parse(text))  # as deep as a page's script stands
            except nd.InputError:
                continue
            assert size(f.tree) <= MAX_NODES


def test_a_long_product_is_told_its_limit():
    with pytest.raises(nd.InputError) as refused:
        nd.parse("θ" * 498)
    assert refused.value.code == "too_many_nodes"


def test_a_sum_over_an_index_counts_as_written_out():
    def recursive(node):
        if isinstance(node, IndexedSum):
            return 1 + (node.upper - node.lower + 1) * (recursive(node.body) + 1)
        return 1 + sum(map(recursive, children(node)))

    inner = IndexedSum("j", 0, 2, Mul(Variable("j"), Variable("i")))
    for tree in (inner, IndexedSum("i", 1, 4, Mul(inner, Number("2"))), Mul(inner, inner), Number("2")):
        assert size(tree) == recursive(tree)
