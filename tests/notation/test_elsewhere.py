"""What other programs, pages and people write: the reading that is offered, and that every reading leads on."""

import random

import mpmath
import numpy as np
import pytest
from mpmath import mp

import numdiff as nd
from numdiff.functions.compounds import COMPOUNDS
from numdiff.notation.elsewhere import guarded
from tests.notation.refused import REFUSED

ORACLES = {
    "celu": lambda u: u if u > 0 else mp.expm1(u),
    "hardswish": lambda u: u * min(max(u + 3, 0), 6) / 6,
    "tanhshrink": lambda u: u - mp.tanh(u),
    "np.sinc": mp.sincpi,
    "exp2": lambda u: mp.mpf(2) ** u,
    "exp10": lambda u: mp.mpf(10) ** u,
    "reciprocal": lambda u: 1 / u,
    "rsqrt": lambda u: 1 / mp.sqrt(u) if u > 0 else mp.nan,
    "normcdf": mp.ncdf,
    "normpdf": mp.npdf,
    "sind": lambda u: mp.sin(mp.radians(u)),
    "cosd": lambda u: mp.cos(mp.radians(u)),
    "tand": lambda u: mp.tan(mp.radians(u)),
}
OF_TWO = {
    "elu": lambda u, w: u if u > 0 else w * mp.expm1(u),
    "celu": lambda u, w: max(u, 0) + min(0, w * mp.expm1(u / w)),
    "prelu": lambda u, w: u if u > 0 else w * u,
    "heaviside": lambda u, w: w if u == 0 else (1 + mp.sign(u)) / 2,
    "logaddexp": lambda u, w: mp.log(mp.exp(u) + mp.exp(w)),
    "softmax": lambda u, w: mp.exp(u) / (mp.exp(u) + mp.exp(w)),
    "hypot": mp.hypot,
    "atan2": mp.atan2,
    "add": lambda u, w: u + w,
    "subtract": lambda u, w: u - w,
    "multiply": lambda u, w: u * w,
    "divide": lambda u, w: u / w,
}


def offered(text):
    with pytest.raises(nd.InputError) as refused:
        nd.parse(text)
    return refused.value.readings


def value(text, **point):
    function = nd.parse(text)
    with np.errstate(all="ignore"):
        return float(np.asarray(function(*(point[name] for name in function.variables))))


@pytest.mark.parametrize("name", ORACLES)
@pytest.mark.parametrize("form", ["{}(x)", "1 - 3{}(2x + 1)^2"])
def test_a_function_that_is_no_row_is_read_written_out(name, form):
    reading = form.format(name)
    assert {note.code for note in nd.parse(reading).notes} & {"written_out", "celu"}
    for x in (-3.3, -0.45, -0.2, 0.3, 0.8, 2.2):
        u = mp.mpf(x) if form == "{}(x)" else mp.mpf(2 * x + 1)
        wanted = ORACLES[name](u)
        wanted = wanted if form == "{}(x)" else 1 - 3 * wanted**2
        if mpmath.isfinite(wanted):
            assert value(reading, x=x) == pytest.approx(float(wanted), rel=1e-9, abs=1e-12), reading


@pytest.mark.parametrize("name", OF_TWO)
def test_a_function_of_two_that_is_no_row_is_read_written_out(name):
    reading = f"{name}(x, y)"
    assert {note.code for note in nd.parse(reading).notes} & {"written_out", "celu", "softmax"}
    for x, y in ((-3.25, 0.5), (0.75, 1.25), (1.5, -0.25)):
        wanted = OF_TWO[name](mp.mpf(x), mp.mpf(y))
        assert value(reading, x=x, y=y) == pytest.approx(float(wanted), rel=1e-12)


def test_every_compound_has_an_oracle():
    tested = {*ORACLES, *OF_TWO, "clip", "hardtanh"}
    assert all(tested & set(one.names.split()) for one in COMPOUNDS)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("nn.ReLU()(x)", "ReLU(x)"),
        ("torch.sin(x).pow(2)", "(sin(x))^2"),
        ("x.exp()", "exp(x)"),
        ("std::exp(x)", "exp(x)"),
        ("x.^2 + x.*y", "x^2 + x*y"),
        ("f = @(x) x.^3 - 2*x;", "f(x) = x^3 - 2*x"),
        ("function f(x) { return x*x; }", "f(x) = x*x"),
        ("f <- function(x) x^2", "f(x) = x^2"),
        ("double f(double x) { return x*x; }", "f(x) = x*x"),
        ("const f = (x) => { return x*x; }", "f(x) = x*x"),
        ("=EXP(-A1)", "EXP(-A1)"),
        (">>> x**2", "x**2"),
        ("y = x**2  # square", "y = x**2"),
        ("x*x;", "x*x"),
        ("1_000*x", "1000*x"),
        ("17%*x", "(17/100)*x"),
        ("x mod 3", "(x - 3*floor(x/3))"),
        (r"\exponentialE^{3x}", "e^{3x}"),
        (r"x^2 \tag{1}", "x^2"),
        (r"\boxed{x^2}", "x^2"),
        (r"\hat{y}^2", "y_{hat}^2"),
        (r"\sum^3_{k=1} k x", r"\sum_{k=1}^3 k x"),
        (r"\begin{aligned} f(x) &= x^2 \end{aligned}", "f(x) = x^2"),
        (r"\left|x\left|y\right|z\right|", r"\lvert x\lvert y\rvert z\rvert"),
        ("d/dx (x^2 + 1)", "x^2 + 1"),
        (r"\frac{\partial}{\partial x}(x^2y)", "x^2y"),
        (r"\frac{d^2}{dx^2} x^3", "x^3"),
        ("d^2/dx^2 x^3", "x^3"),
        ("diff(x^2, x)", "x^2"),
        ("[2점] x^2", "x^2"),
        ("다음 함수를 미분하시오. y = x^2", "y = x^2"),
        ("1 000 000x", "1000000x"),
        (r"\prod_{i=1}^{3} (x+i)", "(x+1)·(x+2)·(x+3)"),
        (r"\prod_{k=0}^2 \left(x-k\right)^2", "(x-0)^2·(x-1)^2·(x-2)^2"),
        (r"\prod_{i=1}^{3} x_i + 1", "x_{1}·x_{2}·x_{3} + 1"),
        ("f = lambda: 3*x", "3*x"),
        (r"\max(x)", "(x)"),
        ("plot x^3 - x", "x^3 - x"),
        ("find x^2", "x^2"),
        (r"2x\,\differentialD x", "2x"),
        ("sympy.Rational(1, 2)*x", "(1/2)*x"),
        ("Math.LN2 * x", "ln(2) * x"),
        ("**f(x) = x^3**", "f(x) = x^3"),
        ("x^2 + 1?", "x^2 + 1"),
        (r"x^{2}\text{ for }x>0", "x^{2}"),
        ("D[x^2, x]", "x^2"),
        ("f(x) = x^2, x = 3", "f(x) = x^2"),
        ("f(x) = x^2 (단, x>0)", "f(x) = x^2"),
        ("x^2, x > 0", "x^2"),
        ("derivative of x^2 sin x", "x^2 sin x"),
        ("log base 2 of x", "log_2 x"),
        ("x^2+3x plus 2", "x^2+3x + 2"),
        ("x의 3제곱", "x^3"),
        ("|x|^2|y|", "abs(x)^2·abs(y)"),
        ("e^(-|x|)|x|", "e^(-abs(x))·abs(x)"),
        ("1,5x+2,5", "1.5x+2.5"),
        ("e to the x", "e^x"),
        ("2x의 제곱", "(2x)^2"),
        ("코사인 x", "cos x"),
        ("f(x) = x^2+1 일 때", "f(x) = x^2+1"),
        ("함수 f(x)=x^2+1의 도함수를 구하시오.", "f(x)=x^2+1"),
        ("2x이다", "2x"),
        ("y=3x²입니다.", "y=3x²"),
        ("y=x^2에서 x=1일 때", "y=x^2"),
        ("곡선 y=x^3-x 위의 점", "y=x^3-x"),
        ("5% of x", "(5/100)·x"),
        ("'x^2'", "x^2"),
        ("@. sin(x)^2", "sin(x)^2"),
        ("print(x**2)", "x**2"),
        ("=PI()*A1", "pi*A1"),
        ("expf(x) + sqrtf(x)", "exp(x) + sqrt(x)"),
        ("Derivative(x**2, x)", "x**2"),
        ("find the derivative of (x+1)^2", "(x+1)^2"),
    ],
)
def test_the_reading_of_what_is_written_elsewhere(text, reading):
    assert offered(text) == (reading,)


@pytest.mark.parametrize("text", ["x // y", "x % y;"])
def test_what_is_cut_off_is_never_part_of_the_formula(text):
    assert all("floor" in reading for reading in offered(text))


@pytest.mark.parametrize(
    ("text", "meaning", "note"),
    [
        ("torch.clamp(x, 0, 6)", "min(max(x, 0), 6)", "written_out"),
        ("F.elu(x, alpha=0.5)", "max(x, 0) + 0.5*expm1(min(x, 0))", "written_out"),
        (r"\operatorname{CELU}(x)", "elu(x)", "celu"),
        ("softmax([x, y, z])", "exp(x)/(exp(x) + exp(y) + exp(z))", "softmax"),
        ("logsumexp(x, y, z)", "ln(exp(x) + exp(y) + exp(z))", "written_out"),
        ("np.sinc(x)", "sinc(pi*x)", "written_out"),
        ("x % 2", "x - 2*floor(x/2)", "remainder"),
        ("10 % 3 * x", "(10 - 3*floor(10/3))*x", "remainder"),
        ("3!", "6", "factorial"),
        ("2x!", "2*Γ(x + 1)", "factorial"),
        ("(x + 1)!", "Γ(x + 2)", "factorial"),
        ("n!/(k!(n-k)!)", "Γ(n+1)/(Γ(k+1)*Γ(n-k+1))", "factorial"),
        (r"\binom{n}{2}", "Γ(n+1)/(2*Γ(n-1))", "factorial"),
        ("math.factorial(n)", "Γ(n+1)", "factorial"),
        ("gamma(x)", "Γ(x)", "gamma_function"),
        ("sin^-1 x", "arcsin(x)", "inverse_function"),
        (r"\tan^{-1}(2x) + 1", "arctan(2x) + 1", "inverse_function"),
        ("heaviside(x)", "step(x)", "convention.heaviside"),
        ("torch.round(x)", "rint(x)", "convention.round"),
        ("sinc x", "sinc(x)", "convention.sinc"),
        ("gelu(x)", "gelu(x)", "convention.gelu"),
        ("hardsigmoid(x)", "hardsigmoid(x)", "convention.hardsigmoid"),
        ("elu(x)", "elu(x)", "convention.elu"),
    ],
)
def test_what_has_one_meaning_is_read_and_a_note_says_how(text, meaning, note):
    function = nd.parse(text)
    assert function.text == text
    assert function.tree == nd.parse(meaning).tree
    assert note in {one.code for one in function.notes}


@pytest.mark.parametrize(
    ("text", "reading"), [("gamma(x)", "γ·(x)"), ("sin^-1 x", "(1/sin(x))"), ("sinc(x)", "np.sinc(x)")]
)
def test_the_other_reading_of_what_is_read_is_one_click_away(text, reading):
    (note,) = nd.parse(text).notes
    assert note.readings == (reading,)
    assert nd.parse(reading).tree != nd.parse(text).tree


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("10x [m]", ("10x", "10x·(m)")),
        ("2[x]", ("2floor(x)", "2(x)")),
        ("x+1 over 2", ("(x+1)/2", "x+1/2")),
        ("sin x의 제곱", ("(sin x)^2", "sin(x^2)")),
        ("3.0f * x", ("3.0 * x", "3.0·f * x")),
        ("Φ(x)", ("(1 + erf(x/sqrt(2)))/2", "Φ·(x)")),
    ],
)
def test_both_readings_of_what_could_be_meant_here_too(text, readings):
    assert offered(text) == readings


@pytest.mark.parametrize("text", [r"\prod_{i=1}^{3} (x+i) y", r"\prod_{i=1}^{40} x_i", r"\prod_{i=1}^{n} x_i"])
def test_a_product_whose_body_or_length_is_not_clear_is_not_written_out(text):
    assert offered(text) == ()


def test_an_index_of_e_is_a_variable_and_a_digit_behind_it_is_asked():
    assert nd.parse("y - e_1").variables == ("y", "e_1")
    assert nd.differentiate("e_1^2 x", "e_1").verify()
    assert offered("e1 x") == ("e·1 x", "e^{1} x", "e_{1} x")


def test_a_neuron_with_five_inputs_has_twelve_variables():
    f = nd.parse("(sigmoid(w_1 x_1+w_2 x_2+w_3 x_3+w_4 x_4+w_5 x_5+b)-y)^2")
    assert len(f.variables) == 12
    assert nd.gradcheck(f, at=dict.fromkeys(f.variables, 0.25))
    assert nd.in_terms_of_itself(nd.parse("sigmoid(w_1 x_1+w_2 x_2+w_3 x_3+w_4 x_4+w_5 x_5+b)"), "w_1").settled


def test_thousands_or_a_decimal_comma():
    assert offered("1,000x") == ("1000x", "1.000x")


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("y = w*x + b\nloss = (y - t)**2", "(w*x + b - t)**2"),
        ("a = x**2; b = a + 1; c = b*3", "(x**2 + 1)*3"),
        ("def f(x, a=2): return a*x**2", "2*x**2"),
        ("Math.exp(-x)", "exp(-x)"),
        ("sympy.exp(x)", "exp(x)"),
        ("x‑1", "x-1"),
        ("Math.PI*r**2", "pi*r**2"),
        ("Math.E**x", "e**x"),
        ("log5(x)", "log_5(x)"),
    ],
)
def test_it_is_read_as_meant(text, meaning):
    assert nd.parse(text).tree == nd.parse(meaning).tree


@pytest.mark.parametrize(
    "text", ["f(E, x) = E^x", "f(x, 에서) = x 에서", "θ(x+1)", "A(1+r)^n", "[x+1]^2", "2.x", "E^2"]
)
def test_what_is_clear_or_declared_is_not_asked(text):
    assert nd.parse(text).tree


PIECES = r"""! e_1 sin^-1 gamma( sinc( \prod_{i=1}^{3} over % x
y e 2 3 , . ( ) [ ] | ^ + - * / ; : = % // # .^ .pow(2) np. elu( clip( log2 E^ dx d/dx \hat \left| x[0]
의 제곱 미분 루트 mod \frac \sum^ > 0 , ' " squared of f(x)= lambda def return \operatorname{foo}(""".split()


def test_every_chain_of_readings_ends_in_a_formula():
    choose = random.Random(7)
    mixed = ["".join(choose.choices([*PIECES, " "], k=choose.randint(1, 9))) for _ in range(1500)]
    for text in [*mixed, *(text for text, *_ in REFUSED)]:
        readings = readings_of(text)
        assert text not in readings
        assert len(set(readings)) == len(readings), text
        assert all(leads_on(reading) for reading in readings), (text, readings)


def test_readings_differ_from_each_other():
    choose = random.Random(11)
    mixed = ["".join(choose.choices([*PIECES, " "], k=choose.randint(1, 8))) for _ in range(1500)]
    asked = 0
    for text in [*mixed, *(text for text, *_ in REFUSED)]:
        trees = [tree for tree in map(tree_of, readings_of(text)) if tree is not None]
        assert len(set(trees)) == len(trees), (text, readings_of(text))
        asked += len(trees) > 1
    assert asked > 50


def test_what_notes_offer_is_another_formula():
    choose = random.Random(5)
    forms = ("sin^-1 {}", "gamma({})", "log({})", "sinc({})", r"\tan^{{-1}}({})", "2 cos^-1({}) + 1", "x gamma({})^2")
    for _ in range(200):
        text = choose.choice(forms).format(choose.choice(("x", "2x", "x + 1", "x y", "e^x", "x/2", "(x+1)")))
        try:
            function = nd.parse(text)
        except nd.InputError:
            continue
        for reading in (reading for note in function.notes for reading in note.readings):
            assert tree_of(reading) not in {None, function.tree}, (text, reading)


def tree_of(text):
    try:
        return nd.parse(text).tree
    except nd.InputError:
        return None


def readings_of(text):
    try:
        nd.parse(text)
    except nd.InputError as refusal:
        return refusal.readings
    return ()


def leads_on(text, clicks=5):
    try:
        nd.parse(text)
    except nd.InputError as refusal:
        return clicks > 0 and any(leads_on(reading, clicks - 1) for reading in refusal.readings)
    return guarded(text) is None


EMPTY = (
    "mod(, 3)|x.pow()|fmod( , )|().pow(2)|.exp()|root3()|cube()|D[,x]|diff(,)|Piecewise()|np.where()|np.where(x>0,,)"
)
EMPTY += r"|{:}|{x<0:}|\begin{cases}\end{cases}|?:|x ? :|If[]|softmax()|clip()|hypot()|\binom{}{}|!|\prod|if x|0<x<"


@pytest.mark.parametrize("text", EMPTY.split("|"))
def test_what_is_empty_in_the_notation_of_others_is_refused(text):
    with pytest.raises(nd.InputError):
        nd.parse(text)
