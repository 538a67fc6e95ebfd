import pickle

import pytest

import numdiff as nd
from numdiff.notation.errors import ERROR_CODES
from numdiff.notation.limits import MAX_CHARACTERS
from tests.notation.refused import REFUSED

LIMITS = [
    ("x" * 501, "too_long"),
    ("(" * 5000 + "x" + ")" * 5000, "too_long"),
    ("x" * 10**6, "too_long"),
    ("(" * 200 + "x" + ")" * 200, "too_deep"),
    ("-" * 300 + "x", "too_deep"),
    ("x^" * 200 + "x", "too_deep"),
    ("sin " * 100 + "x", "too_deep"),
    ("{" * 200 + "x" + "}" * 200, "too_deep"),
    ("√" * 200 + "x", "too_deep"),
    ("|" * 200 + "x" + "|" * 200, "too_deep"),
    (r"\frac{" * 45 + "x" + "}{2}" * 45, "too_deep"),
    ("+".join(["x"] * 200), "too_many_nodes"),
    ("Σ_{i=1}^{100} x^i", "too_many_nodes"),
    ("Σ_{i=1}^{90} Σ_{j=1}^{90} Σ_{k=1}^{90} x", "too_many_nodes"),
    ("1" * 31, "too_many_digits"),
    ("0." + "1" * 40, "too_many_digits"),
    ("1e" + "9" * 40, "too_many_digits"),
    ("a+b+c+d+g+h+k+m+n+p+q+r+s", "too_many_variables"),
    ("Σ_{i=1}^{13} x_i", "too_many_variables"),
    ("x^10001", "exponent_too_large"),
    ("x^(10^8)", "exponent_too_large"),
    ("x^-20000", "exponent_too_large"),
    ("9^9^9^9", "exponent_too_large"),
    ("2^2^2^2^2^2", "exponent_too_large"),
    ("1e301", "constant_too_large"),
    ("10^400 x", "constant_too_large"),
    ("10^200*10^200", "constant_too_large"),
    ("exp(exp(exp(9)))", "constant_too_large"),
    ("1e-301", "constant_too_small"),
    ("0e-400000000", "constant_too_small"),
]


@pytest.mark.parametrize(("text", "code", "marked", "readings"), REFUSED)
def test_what_is_wrong_or_unclear_is_refused_with_its_place_and_readings(text, code, marked, readings):
    with pytest.raises(nd.InputError) as caught:
        nd.parse(text)
    start, end = caught.value.span
    assert (caught.value.code, text[start:end], caught.value.readings) == (code, marked, readings)


@pytest.mark.parametrize(("text", "code"), LIMITS)
def test_limits_are_checked_before_anything_large_is_built(text, code):
    with pytest.raises(nd.InputError) as caught:
        nd.parse(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "text", ["x^10000", "+".join(["x"] * 150), "1" * 30, "(" * 39 + "x" + ")" * 39, "1e299x", "a+b+c+d+g+h+k+m+n+p+q+r"]
)
def test_what_is_just_within_the_limits_is_taken(text):
    assert nd.parse(text).tree is not None


def test_an_unclear_input_offers_readings_that_are_understood():
    for text, code, _, readings in REFUSED:
        if code.startswith("ambiguous"):
            assert len(readings) == (3 if text == "e2" else 2), text
            assert {nd.parse(reading).tree for reading in readings if _is_complete(reading)}, text


def _is_complete(reading):
    try:
        nd.parse(reading)
    except nd.InputError:
        return False
    return True


@pytest.mark.parametrize(("text", "span"), [("", (0, 0)), ("   ", (0, 3)), ("$$", (0, 2)), ("\u200b", (0, 1))])
def test_nothing_typed_is_said_as_such(text, span):
    with pytest.raises(nd.InputError) as caught:
        nd.parse(text)
    assert (caught.value.code, caught.value.span) == ("empty", span)


def test_an_error_carries_exactly_the_parameters_of_its_code():
    with pytest.raises(ValueError, match="parameters of 'too_long'"):
        nd.InputError("too_long", (0, 1), {"limit": MAX_CHARACTERS})
    with pytest.raises(KeyError):
        nd.InputError("no_such_code", (0, 1))


def test_an_error_survives_a_cache_that_pickles():
    error = nd.InputError("unknown_name", (0, 3), {"name": "foo", "readings": ("f·o·o",)})
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.code, copy.span, dict(copy.params)) == (error.code, error.span, dict(error.params))


def test_the_table_shows_nearly_every_code():
    shown = {code for _, code, _, _ in REFUSED} | {code for _, code in LIMITS} | {"empty"}
    assert set(ERROR_CODES) - shown == set()
