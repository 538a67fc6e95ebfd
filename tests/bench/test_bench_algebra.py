"""Ten hostile visitors do not delay an eleventh's answer; f′ in terms of f beside SymPy. ``pytest -s`` shows tables.

The times are printed as ratios within one run; nothing is asserted about them, as they depend on what else the machine
does.
"""

import threading

import pytest
import sympy

import numdiff as nd
from numdiff.algebra.client import Algebra
from numdiff.algebra.codec import encode
from numdiff.algebra.lane import Status
from tests.algebra.hostile import hostile
from tests.bench.timing import print_table, times_of
from tests.derivation.itself_cases import OTHERS, POLYNOMIALS

QUESTIONS = [encode(nd.parse(f"(x + {k})^2 - x^2 - {2 * k} x - {k * k}").tree) for k in range(1, 41)]


@pytest.fixture
def client():
    algebra = Algebra()
    for timeout in (0.5, 1.0):  # both lanes are there
        while (
            algebra.ask("prove_zero", encode(nd.parse(f"x - x + {timeout}").tree), timeout=timeout).status != Status.OK
        ):
            pass
    yield algebra
    algebra.close()


def ask(client, question):
    return client.ask("prove_zero", question, timeout=0.5)


def test_ten_hostile_requests(client):
    questions = iter(QUESTIONS)
    calm = times_of(lambda: ask(client, next(questions)), 20)
    over = threading.Event()
    answers = []
    products = [hostile(number) for number in range(300)]

    def attack(number):
        """Ask for something hard that is new, as fast as a visitor's hand can type."""
        for data in products[number::10]:
            answers.append(client.ask("simplify", data, timeout=1.0).status)
            if over.wait(0.2):
                return

    def page():
        """What the eleventh visitor's page asks without the worker."""
        nd.in_terms_of_itself("1/(1 + e^{-x})")

    page()
    alone = times_of(page, 20)
    threads = [threading.Thread(target=attack, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    statuses = []
    attacked = times_of(lambda: statuses.append(ask(client, next(questions)).status), 20)
    beside = times_of(page, 20)
    over.set()
    for thread in threads:
        thread.join()
    print_table("an answer of the fast lane", {"alone": calm, "beside ten hostile visitors": attacked}, "ms", 1e3)
    print_table("f′ in terms of f, in the server", {"alone": alone, "beside ten hostile visitors": beside}, "ms", 1e3)
    assert set(statuses) == {Status.OK}
    assert Status.OK not in answers


def test_f_prime_in_terms_of_f_beside_sympy():
    functions = [nd.parse(text) for text, *_ in (*POLYNOMIALS, *OTHERS)]
    variables = ["x" if len(f.variables) > 1 else None for f in functions]
    cases = iter(list(zip(functions, variables, strict=True)))
    x = sympy.Symbol("x", real=True)
    logistic = 1 / (1 + sympy.exp(-x))

    def peer():
        return sympy.simplify(sympy.diff(logistic, x) - logistic + logistic**2)

    peer()
    rows = {
        "simplify σ′ − σ + σ² (SymPy)": times_of(peer, 20),
        "in_terms_of_itself": times_of(lambda: nd.in_terms_of_itself(*next(cases)), len(functions)),
    }
    print_table(f"{len(functions)} functions: decided and proved", rows, "ms", 1e3)
