"""The small network: backpropagation beside differences, reverse mode and SymPy-free algebra; descent and costs."""

import numpy as np
import pytest

from numdiff import gradcheck, gradient, graph
from numdiff.gradient.reverse import reverse_gradient
from numdiff.network.graph import network_function
from numdiff.network.model import (
    ACTIVATIONS,
    LOSSES,
    XOR,
    Network,
    Points,
    backward,
    check_network,
    forward,
    kinks_near,
    loss_of,
    new_network,
    numerical_gradient,
)
from numdiff.network.training import costs, descend

KINDS = [(activation, loss) for activation in ACTIVATIONS for loss in LOSSES]


@pytest.mark.parametrize("hidden", [1, 2, 3, 4])
@pytest.mark.parametrize(("activation", "loss"), KINDS)
def test_backpropagation_beside_reverse_mode_and_differences(activation, loss, hidden):
    net = new_network(hidden, activation, loss)
    exact = backward(net).gradient
    assert exact.shape == net.parameters.shape == (4 * hidden + 1,)
    at = dict(zip(net.names, net.parameters, strict=True))
    by_graph = np.zeros(exact.size)
    values = []
    for point in range(XOR.y.size):
        f = network_function(net, point=point)
        assert f.variables == net.names
        found = reverse_gradient(f, at)
        by_graph += np.array([found[name] for name in net.names]) / XOR.y.size
        values.append(float(f(**at)))
    np.testing.assert_allclose(values, forward(net).losses, rtol=1e-14)
    np.testing.assert_allclose(exact, by_graph, atol=1e-15)
    np.testing.assert_allclose(exact, gradient(loss_of(net), net.parameters).df, atol=1e-12)
    for row in check_network(net):
        assert row.torch
        assert row.relative < 1e-6
        assert not row.kink


def test_the_graph_of_the_network_can_be_drawn_and_checked():
    net = new_network(2, "relu")
    at = dict(zip(net.names, net.parameters, strict=True))
    f = network_function(net, point=1)
    assert graph(f, at).gradient == pytest.approx(reverse_gradient(f, at))
    check = gradcheck(f, at, broken="relu")
    assert {edge.operation for edge in check.wrong_edges} <= {"relu"}
    with pytest.raises(ValueError, match="target of 0 or 1"):
        network_function(net, Points(np.zeros((1, 2)), np.array([0.5])))


def test_the_loss_does_not_overflow():
    net = Network(np.full((2, 2), 500.0), np.zeros(2), np.full(2, 500.0), 0.0)
    assert np.isfinite(forward(net).loss)
    assert np.all(np.isfinite(backward(net).gradient))


def test_what_forward_and_backward_hold():
    net = new_network(3)
    values = forward(net)
    assert values.z.shape == values.h.shape == (4, 3)
    assert values.p == pytest.approx(1 / (1 + np.exp(-values.s)))
    assert values.losses == pytest.approx(-XOR.y * np.log(values.p) - (1 - XOR.y) * np.log(1 - values.p))
    back = backward(net, XOR, values)
    assert (back.w.shape, back.b.shape, back.v.shape, back.z.shape) == ((3, 2), (3,), (3,), (4, 3))
    np.testing.assert_array_equal(new_network(3).parameters, net.parameters)
    assert np.any(new_network(3, seed=1).parameters != net.parameters)
    np.testing.assert_array_equal(net.with_parameters(net.parameters).w, net.w)


def test_kinks_of_relu_within_the_step():
    net = Network(np.array([[1.0, -1.0]]), np.array([1e-6]), np.array([1.0]), 0.0, "relu")
    near = dict(zip(net.names, kinks_near(net, dx=1e-5), strict=True))
    # at (0, 0) and (1, 1) z is 1e-6: b moves it there, w only at (1, 1), where it has an input
    assert near == {"w_11": True, "w_12": True, "b_1": True, "v_1": False, "c": False}
    only = Points(np.array([[0.0, 1.0]]), np.array([1.0]))
    assert not kinks_near(net, only, dx=1e-5).any()
    corner = Points(np.array([[0.0, 0.0]]), np.array([1.0]))
    assert kinks_near(net, corner, dx=1e-5).tolist() == [False, False, True, False, False]
    assert not kinks_near(new_network(3, "tanh"), dx=10.0).any()
    bad = [row.name for row in check_network(net, dx=1e-5) if not row.torch]
    assert set(bad) <= {name for name, close in near.items() if close}


def test_differences_in_a_loop():
    calls = []

    def loss(theta):
        calls.append(theta.copy())
        return float(theta @ theta)

    np.testing.assert_allclose(numerical_gradient(loss, [1, 2, 3]), [2, 4, 6], rtol=1e-9)
    assert len(calls) == 6
    calls.clear()
    np.testing.assert_allclose(numerical_gradient(loss, [1, 2, 3], 1e-6, "forward"), [2, 4, 6], rtol=1e-5)
    assert len(calls) == 4
    with pytest.raises(ValueError, match="scheme must"):
        numerical_gradient(loss, [1.0], scheme="backward")
    with pytest.raises(ValueError, match="dx must"):
        numerical_gradient(loss, [1.0], dx=0)


@pytest.mark.parametrize(("activation", "loss"), KINDS)
def test_descent_brings_the_loss_down_with_either_gradient(activation, loss):
    net = new_network(3, activation, loss)
    exact, central = (descend(net, rate=0.2, steps=30, by=by) for by in ("backpropagation", "central"))
    assert exact.losses[-1] < exact.losses[0]
    assert np.all(np.diff(exact.losses[:10]) < 0)
    np.testing.assert_allclose(exact.losses, central.losses, rtol=1e-6)
    assert (exact.evaluations, exact.passes) == (0, 30)
    assert (central.evaluations, central.passes) == (30 * 26, 0)
    assert descend(net, steps=2, by="forward").evaluations == 2 * 14


def test_xor_is_learnt():
    learnt = descend(new_network(3), rate=1.0, steps=500)
    assert learnt.losses[-1] < 0.05
    net = new_network(3).with_parameters(learnt.parameters[-1])
    assert (forward(net).p > 0.5).tolist() == [False, True, True, False]


def test_costs_are_counted():
    rows = costs((2, 8), repeats=1)
    assert [(row.weights, row.forward_evaluations, row.central_evaluations) for row in rows] == [
        (9, 10, 18),
        (33, 34, 66),
    ]
    assert all(row.backward_seconds > 0 and row.central_seconds > 0 for row in rows)


def test_what_may_not_be_asked_of_a_network():
    for arguments in ((0,), (3, "softmax"), (3, "tanh", "hinge")):
        with pytest.raises(ValueError, match="must be"):
            new_network(*arguments)
    net = new_network(2)
    with pytest.raises(ValueError, match="shape"):
        net.with_parameters([1.0])
    for options in ({"rate": 0.0}, {"steps": -1}, {"by": "magic"}):
        with pytest.raises(ValueError, match="must be"):
            descend(net, **options)
