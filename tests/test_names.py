"""A variable's name comes back to itself: every name that a formula can hold is taken wherever a name is."""

import builtins
import keyword

import pytest

import numdiff as nd
from numdiff.derivation.chain.values import point_of
from numdiff.notation.characters import GREEK
from numdiff.notation.formula import variable_name
from numdiff.notation.names import GREEK_NAMES
from numdiff.printing.text import to_typed

WORDS = (
    *keyword.kwlist,
    *(name for name in dir(builtins) if name.isalpha()),
    *("self", "dtype", "np", "math", "mp", "var", "at", "width", "a_b", "a_b_c", "x1y", "v", "dot", "fresh"),
)
BASES = (*GREEK, *GREEK_NAMES, *"xyzabvwhfgtn", "야식", *(rf"\{name}" for name in GREEK_NAMES))
UPRIGHT = tuple(rf"\mathrm{{{word}}}" for word in WORDS)
INDICES = ("", "_1", "_{-2}", "₋₃", "_{max}", "_{n1}", "_{minus4}", "_x", "₁₂", "_{01}", "_{가}", "_{-0}", "_{m2}")


def _functions(bases, indices):
    for base in bases:
        for index in indices:
            try:
                f = nd.parse(f"{base}{index}^2")
            except nd.InputError:
                continue  # not a name: e, π, a function
            if len(f.variables) == 1:
                yield f


EVERY = tuple({f.variables[0]: f for f in _functions((*BASES, *UPRIGHT), INDICES)}.values())
SOME = tuple({f.variables[0]: f for f in _functions((*"λθx", "야식", *UPRIGHT[::60]), INDICES[:5])}.values())
SOME = (*SOME, *_functions([r"\mathrm{self}", r"\mathrm{dtype}", r"\mathrm{if}"], [""]))


def test_there_are_names_of_every_kind():
    names = {f.variables[0] for f in EVERY}
    assert {"lambda", "lambda_1", "theta_minus2", "야식_가", "if", "a_b_c", "x_n1", "x_minus3"} <= names
    assert len(names) > 800


def test_a_name_is_a_spelling_of_itself_and_every_print_of_it_reads_back():
    for f in EVERY:
        (name,) = f.variables
        assert variable_name(name) == name
        for text in (f.latex(), f.python(), to_typed(f.tree)):
            assert nd.parse(text) == f, text
        assert f.javascript().isascii()


def _spellings(f):
    (name,) = f.variables
    listed = f.python().partition("f(")[2].partition(")")[0]
    return {name, f.latex().removesuffix("^{2}").removesuffix("}^{2}").removeprefix("{"), listed}


CALLS = {
    "call": lambda f, name: f(**{name: 3.0}) / 1.5,
    "partial": lambda f, name: nd.partial(f, name, at={name: 3.0}).df,
    "gradient": lambda f, name: nd.gradient(f, at={name: 3.0})[name],
    "jacobian": lambda f, name: nd.jacobian([f], at={name: 3.0})[name][0],
    "hessian": lambda f, name: nd.hessian(f, at={name: 3.0})[name, name] * 3,
    "directional": lambda f, name: nd.directional_derivative(f, {name: 3.0}, {name: 1.0}).df,
    "dual": lambda f, name: nd.gradient(f, at={name: 3.0}, method="dual")[name],
    "reverse": lambda f, name: nd.gradient(f, at={name: 3.0}, method="reverse")[name],
    "gradcheck": lambda f, name: nd.gradcheck(f, at={name: 3.0}).variables[0].numerical,
    "exact": lambda f, name: float(nd.exact_derivative(f, 3, name)),
    "differentiate": lambda f, name: nd.differentiate(f, name).result(3.0),
    "chain": lambda f, name: nd.chain(f, name).result(3.0),
    "graph": lambda f, name: nd.graph(f, {name: 3.0}, seed=name).nodes[0].adjoint,
    "itself": lambda f, name: 6.0 * (nd.in_terms_of_itself(f, name).variable == f.variables[0]),
    "point": lambda f, name: 2 * point_of(f.variables, {name: 3.0})[f.variables[0]],
}


@pytest.mark.parametrize("way", CALLS)
@pytest.mark.parametrize("f", SOME, ids=lambda f: f.variables[0])
def test_every_function_takes_every_spelling_of_a_name(f, way):
    for name in _spellings(f):
        if (way, name) != ("call", "dtype"):  # there the keyword is the number format's
            assert CALLS[way](f, name) == pytest.approx(6, rel=1e-6)


def test_a_name_that_is_a_keyword_of_ours_is_spelled_as_python_spells_its_own():
    assert nd.parse(r"\mathrm{dtype}^2")(dtype_=3.0) == 9


@pytest.mark.parametrize(
    "text", ["sum(x_i, i, -20, -19)", "sum(θ_i y_i, i, -1, 1)", "sum(sum(x_i y_j, i, -1, 0), j, -1, 0)"]
)
def test_every_index_of_a_sum_gives_a_name(text):
    f = nd.parse(text)
    at = dict(zip(f.variables, (0.5, 2.0, 3.0, 4.0, 5.0, 6.0), strict=False))
    again = nd.parse(f.python())
    assert again.variables == f.variables
    assert again(**at) == f(**at)
    for name in f.variables:
        assert nd.differentiate(f, name).verify()
        assert nd.chain(f, name).verify()
        exact = float(nd.exact_derivative(f, at[name], name, {other: at[other] for other in at if other != name}))
        assert nd.gradient(f, at=at)[name] == pytest.approx(exact)
        assert nd.graph(f, at, seed=name).nodes[f.variables.index(name)].adjoint == pytest.approx(exact)


def test_a_negative_index_is_typed_and_printed_as_one():
    f = nd.parse("x_{-2} + x₋₁")
    assert f.variables == ("x_minus2", "x_minus1")
    assert f.latex() == "x_{-2} + x_{-1}"
    assert f(**{"x_-2": 1.0, "x₋₁": 2.0}) == 3
    assert nd.parse("sum(x_i, i, -2, -1)").variables == f.variables
    assert nd.parse("log₂(x_{-2})").variables == ("x_minus2",)
    with pytest.raises(nd.InputError):
        nd.parse("log₋₂(x)")


ASKED = {
    "differentiate": nd.differentiate,
    "chain": nd.chain,
    "itself": nd.in_terms_of_itself,
    "exact": lambda f, name: nd.exact_derivative(f, 1, name, {"x": 1, "y": 1}),
    "graph": lambda f, name: nd.graph(f, seed=name),
    "partial": lambda f, name: nd.partial(f, name, at={"x": 1, "y": 1}),
    "result": lambda f, name: nd.gradient(f, at={"x": 1, "y": 1})[name],
    "call": lambda f, name: f(1, **{name: 2}),
    "at": lambda f, name: nd.gradient(f, at={"x": 1, "y": 1, name: 2}),
}


@pytest.mark.parametrize("name", ["z", "sin(", "2", "", "x y", "lambda", "x_"])
@pytest.mark.parametrize("way", ASKED)
def test_by_which_variable_is_one_question_with_one_error(way, name):
    if name == "x_":
        name = "x__1"
    with pytest.raises(nd.VariableError, match="has no variable") as refused:
        ASKED[way](nd.parse("x y"), name)
    assert (refused.value.code, refused.value.variables) == ("unknown", ("x", "y"))
    assert isinstance(refused.value, TypeError) and isinstance(refused.value, ValueError)  # noqa: PT018 - as before


@pytest.mark.parametrize("way", ["differentiate", "chain", "itself", "exact"])
def test_where_there_are_several_variables_one_must_be_named(way):
    with pytest.raises(nd.VariableError, match="name one by var") as refused:
        ASKED[way](nd.parse("x y"), None)
    assert refused.value.code == "several"


@pytest.mark.parametrize(
    "call",
    [
        lambda f: nd.derivative(f, 1.0),
        lambda f: nd.error_sweep(f, 1.0),
        lambda f: nd.taylor_terms(f, 1.0),
        lambda f: nd.optimal_step(f, 1.0, "central"),
        lambda f: nd.substitution(f, 1.0, 0.1),
        lambda f: nd.tangent(f, 1.0, 0.1),
        lambda f: nd.one_sided_slopes(f, 1.0),
    ],
)
def test_a_function_of_one_variable_is_asked_for_in_one_way(call):
    with pytest.raises(nd.VariableError, match="function of one variable, got x, y") as refused:
        call(nd.parse("x y"))
    assert refused.value.code == "one_only"
