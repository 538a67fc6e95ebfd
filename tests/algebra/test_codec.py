"""Trees as JSON data and back."""

import json

import pytest
from hypothesis import given

from numdiff.algebra.codec import MOST_NODES, CodecError, decode, encode
from numdiff.function import parse
from numdiff.tree import Number
from tests.strategies import trees


@given(trees())
def test_a_tree_survives_the_way_through_json(tree):
    assert decode(json.loads(json.dumps(encode(tree)))) == tree


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        "x",
        [],
        {"number": "1"},
        ["number", 1],
        ["number", "-1"],
        ["number", "1; import os"],
        ["number", "٣"],
        ["number", "1" + "e"],
        ["constant", "i"],
        ["variable", ""],
        ["variable", 3],
        ["add", ["number", "1"]],
        ["add", ["number", "1"], ["number", "1"], ["number", "1"]],
        ["call", "system", ["number", "1"]],
        ["call", "__import__", ["variable", "os"]],
        ["call", "sin"],
        ["call", "sin", ["number", "1"], ["number", "1"]],
        ["call", "max", ["number", "1"]],
        ["sum", "i", 1, True, ["variable", "i"]],
        ["sum", "i", 1, 2.5, ["variable", "i"]],
        ["import", "os"],
    ],
)
def test_what_is_no_tree_is_refused(data):
    with pytest.raises(CodecError):
        decode(data)


def test_too_deep_and_too_large_are_refused():
    deep = ["number", "1"]
    for _ in range(3000):
        deep = ["neg", deep]
    with pytest.raises(CodecError):
        decode(deep)
    wide = encode(parse("x").tree)
    for _ in range(12):
        wide = ["add", wide, wide]
    assert 2**12 < MOST_NODES < 2**13
    with pytest.raises(CodecError, match="many"):
        decode(["add", wide, wide])


def test_the_places_in_the_text_are_left_out():
    assert encode(Number("2", (3, 4))) == ["number", "2"]
