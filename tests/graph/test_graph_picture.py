"""The picture of a graph: where everything stands, what is written, what is sent, what comes back."""

from __future__ import annotations

import json
import math
import re
import shutil
import subprocess
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from streamlit.testing.v1 import AppTest

import numdiff as nd
from numdiff.function import Function
from numdiff.tree import Node, variables
from pages.parts.graph import LIMIT, readable, subexpressions, too_large
from pages.parts.graph.component import ASSETS, _Agreed, agree, script, sizes, skeleton, style, take
from pages.parts.graph.layout import BOX, TEXT, Box, Placement, crossings, fit, is_point, label_places, layers, place
from pages.parts.graph.layout import Size as LabelSize
from pages.parts.graph.scene import FULL_LABELS, number, of_node, relation, rich, scene, width
from pages.parts.i18n import translator
from tests.strategies import trees

GRAPHS = [
    "7",
    "x",
    "x x",
    "3x e^x",
    "1/(1+e^(-x))",
    "ln x_1 + x_1 x_2 - sin x_2",
    "3x ln y + y e^(x^2) + 5",
    "(tanh(x y) - z)^2 + 0.5 (x^2 + y^2)",
    "max(x y, x-y, x/y) + sin(x y) - (x-y)^2/(x+y) + ln(x y) e^(x-y) tanh(x/y)",
    "sum(3y x_i, i, 1, 4)",
    "+".join(f"x^{k}" for k in range(2, 16)),
    "sin(" * 28 + "x" + ")" * 28,
]


def placed(graph: nd.Graph, height: float = 36.0) -> Placement:
    widths = {node.id: 52.0 + 7 * len(node.id) for node in graph.nodes}
    return place(graph, widths, {edge.key: LabelSize(50.0, height) for edge in graph.edges})


def check_picture(graph: nd.Graph) -> None:
    found = placed(graph)
    full = {name: Box(box.x, box.y, box.width, BOX + 2 * TEXT) for name, box in found.boxes.items()}
    for one, other in combinations(full.values(), 2):
        assert not one.shared(other)
    for box in full.values():
        assert box.x - box.width / 2 >= 0
        assert box.x + box.width / 2 <= found.width
        assert box.y - box.height / 2 >= 0
        assert box.y + box.height / 2 <= found.height
    for edge in graph.edges:
        route, source, target = found.routes[edge.key], found.boxes[edge.source], found.boxes[edge.target]
        assert all(one[0] < other[0] for one, other in pairwise(route.points))
        assert source.x + source.width / 2 - BOX / 2 <= route.points[0][0] <= source.x + source.width / 2
        assert route.points[-1][0] == target.x - target.width / 2
        assert abs(route.points[-1][1] - target.y) <= BOX / 2
        for name, box in full.items():
            inner = route.points[1:-1]
            assert name in (edge.source, edge.target) or not any(Box(*point, 0.1, 0.1).shared(box) for point in inner)


@pytest.mark.parametrize("text", GRAPHS)
def test_nothing_overlaps_and_edges_go_to_the_right(text: str) -> None:
    check_picture(nd.graph(text))


@given(trees(max_leaves=14))
@settings(max_examples=60)
def test_so_in_any_graph(tree: Node) -> None:
    check_picture(nd.graph(Function(tree, variables(tree))))


@pytest.mark.parametrize("text", GRAPHS[:9])
def test_labels_cover_no_box_and_no_other_label(text: str) -> None:
    graph = nd.graph(text)
    height = 36.0 if len(graph.nodes) <= FULL_LABELS else 19.0
    found = placed(graph, height)
    labels = [Box(*found.routes[edge.key].label, 50.0, height) for edge in graph.edges]
    boxes = [Box(box.x, box.y, box.width, BOX) for box in found.boxes.values()]
    assert not any(one.shared(other) for one in labels for other in boxes)
    assert max((one.shared(other) for one, other in combinations(labels, 2)), default=0) < 0.15 * 50 * height


def test_columns_follow_the_levels_and_inputs_stand_left() -> None:
    graph = nd.graph("3x ln y + y e^(x^2) + 5")
    found = layers(graph)
    column = {item: number for number, items in enumerate(found.columns) for item in items}
    assert found.columns[0] == ("v-1", "v0")
    assert all(column[edge.source] < column[edge.target] for edge in graph.edges)
    assert column[graph.output] == len(found.columns) - 1
    assert all(is_point(item) or item in {node.id for node in graph.nodes} for item in column)
    for key, chain in found.chains.items():
        assert [column[item] for item in chain] == list(range(column[chain[0]], column[key[0]] + 1))


@pytest.mark.parametrize(("text", "most"), [("x y + sin x", 0), ("(x+y)(x-y)", 1), (GRAPHS[6], 1), (GRAPHS[8], 14)])
def test_few_edges_cross(text: str, most: int) -> None:
    assert crossings(layers(nd.graph(text))) <= most


def test_a_column_is_fitted_by_least_squares() -> None:
    assert fit([0.0, 10.0], [1.0, 1.0], [4.0]) == [0.0, 10.0]
    assert fit([0.0, 0.0], [1.0, 1.0], [4.0]) == [-2.0, 2.0]
    assert fit([0.0, 0.0], [3.0, 1.0], [4.0]) == [-1.0, 3.0]
    assert fit([5.0, 0.0, 20.0], [1.0, 1.0, 1.0], [2.0, 2.0]) == pytest.approx([1.5, 3.5, 20.0])


def test_one_label_stands_in_the_middle() -> None:
    key = ("v1", 0)
    assert label_places({key: [(0.0, 0.0), (100.0, 40.0)]}, {key: LabelSize(10, 10)}, []) == {key: (50.0, 20.0)}


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("x² + 1", [("x² + 1", 0)]),
        ("e^(−x)", [("e", 0), ("−x", 1)]),
        ("2^(sin(x))·y", [("2", 0), ("sin(x)", 1), ("·y", 0)]),
        ("e^(x^(2y) + 1)/(x)", [("e", 0), ("x", 1), ("2y", 2), (" + 1", 1), ("/(x)", 0)]),
        ("(e^(x))^(y)", [("(e", 0), ("x", 1), (")", 0), ("y", 1)]),
    ],
)
def test_powers_are_raised(text: str, pieces: list[tuple[str, int]]) -> None:
    assert rich(text) == pieces
    assert width(pieces, 17) <= width([(text, 0)], 17)


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.0, "2"), (44.3343, "44.33"), (-0.95892, "−0.9589"), (1e-7, "10⁻⁷"), (1.5e-7, "1.5·10⁻⁷"), (-1e9, "−10⁹"),
     (12345.6, "1.235·10⁴"), (10.0, "10"), (100.0, "100"), (math.inf, "∞"), (-math.inf, "−∞"), (math.nan, "none"),
     (0.0, "0")],
)  # fmt: skip
def test_numbers_are_short(value: float, text: str) -> None:
    assert number(value, "none") == text


def test_a_given_number_is_equal_and_a_computed_one_nearly() -> None:
    given = [relation(value, is_given=True) for value in (0.3, 1.23456, math.inf, math.nan, None)]
    assert given == ["=", "≈", "=", "", ""]
    assert relation(0.3, is_given=False) == "≈"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("3x e^x", ["x", "3v₀", "e^(v₀)", "×"]),
        ("ln x - x/θ + |x|", ["x", "θ", "ln", "v₋₁/v₀", "|v₋₁|", "v₁ − v₂", "+"]),
        ("σ(x)^2 + max(x, 0) + √x", ["x", "σ", "max(v₀, 0)", "√(v₀)", "v₁²", "+", "+"]),
    ],
)
def test_boxes_say_what_is_done(text: str, labels: list[str]) -> None:
    graph = nd.graph(text)
    assert sorted(of_node(graph, node) for node in graph.nodes) == sorted(labels)


def scene_of(text: str, at: object = None, language: str = "en") -> dict:
    return scene(translator(language), nd.graph(text, at))


def test_what_is_sent_is_data_with_the_traces_numbers() -> None:
    data = json.loads(json.dumps(scene_of("3x e^x", 2.0)))
    assert [node["value"] for node in data["nodes"]] == ["2", "6", "7.389", "44.33"]
    assert [node["below"] for node in data["nodes"]] == [["66.5", "1"], ["7.389", "3"], ["6", "7.389"], ["1", "66.5"]]
    assert [edge["slope"] for edge in data["edges"]] == ["3", "7.389", "7.389", "6"]
    first = data["rows"][0]
    assert (first["symbol"], first["relation"], first["value"]) == ("v₀", "=", "2")
    assert first["below"][0]["put"] == [["7.389·3 + 6·7.389", 0]]
    assert first["below"][0]["paths"] == 2
    assert [mode["id"] for mode in data["modes"]] == ["adjoint", "x"]
    assert data["nodes"][1]["says"] == [
        ["v₁ = 3x ≈ 6. If this grows a little, f grows by about 7.389 times as much.", 0]
    ]


def test_what_does_not_exist_is_said() -> None:
    data = scene_of("|x| + ln(y)", {"x": 0, "y": -1}, "ko")
    assert [node["value"] for node in data["nodes"]] == ["0", "−1", "0", "없음", "없음"]
    assert any("정의역" in sentence for sentence in data["spoken"])
    kink = scene_of("|x| + y", {"x": 0, "y": 1})["nodes"][0]
    assert kink["below"][0] == "none"
    assert "kink" in kink["says"][0][0]
    assert scene_of("f(x, y) = y - 2|x|", {"x": 0, "y": 1})["rows"][0]["below"][0]["put"] == [("−2·none", 0)]
    both = scene_of("|x^2|", 0.0)
    assert both["rows"][0]["below"][0]["value"] == "0"
    assert both["rows"][0]["below"][0]["note"]


def test_without_numbers_the_formulas_stay() -> None:
    data = scene_of("3x e^x")
    assert not data["numbers"]
    assert data["edges"][0]["local"] == [("3", 0)]
    assert {edge["slope"] for edge in data["edges"]} == {""}


def test_the_picture_stays_where_it_is_while_numbers_change() -> None:
    one, other = scene_of("sin(x)/x + x^3", 2.0), scene_of("sin(x)/x + x^3", -0.000123)
    assert one["shape"] == other["shape"]
    assert [edge["path"] for edge in one["edges"]] == [edge["path"] for edge in other["edges"]]
    assert [node["box"] for node in one["nodes"]] == [node["box"] for node in other["nodes"]]
    assert scene_of("sin(x)/x + x^4", 2.0)["shape"] != one["shape"]


def test_a_broken_rule_is_marked() -> None:
    graph = nd.graph("3x e^x", 2.0, broken={("v2", 1): -1.0})
    assert [edge["broken"] for edge in scene(translator("en"), graph)["edges"]] == [False, True, False, False]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("at", [None, {"x": 2.0, "y": 3.0}])
def test_a_local_derivative_that_exists_nowhere_has_no_formula(language, at) -> None:
    shown = scene_of("x sin((-6)^x y)", at, language)
    assert "ln(" not in json.dumps(shown, ensure_ascii=False)
    assert translator(language)("graph.none") in json.dumps(shown, ensure_ascii=False)
    assert "ln(" in json.dumps(scene_of("x sin(6^x y)", at, language), ensure_ascii=False)


LARGE = "+".join(f"sin({k}x)^2" for k in range(1, 13))


def test_a_large_graph_offers_its_parts() -> None:
    graph = nd.graph(LARGE, 1.0)
    assert too_large(graph)
    assert not too_large(nd.graph("3x e^x"))
    offered, count = subexpressions(graph), sizes(graph)
    assert all(1 < count[node] <= LIMIT for node in offered)
    first = graph.part(offered[0])
    assert len(first.nodes) == count[offered[0]] == max(count[node] for node in offered)
    assert readable(translator("en"), first, key="none") is first
    assert subexpressions(nd.graph("3x e^x"))[0] == "v3"


def test_who_looks_at_which_node() -> None:
    agreed, known = _Agreed(), frozenset({"v0", "v1"})
    agree(agreed, "one", None)
    assert (agreed.revision, agreed.chosen) == (1, None)
    take(agreed, {"node": "v1", "revision": 1}, known)
    agree(agreed, "one", None)
    assert (agreed.revision, agreed.chosen) == (1, "v1")
    for nothing in (
        None,
        "v0",
        {"node": "v9", "revision": 1},
        {"node": 3, "revision": 1},
        {"node": "v0", "revision": 0},
    ):
        take(agreed, nothing, known)
    assert agreed.chosen == "v1"
    agree(agreed, "one", "v0")
    assert (agreed.revision, agreed.chosen) == (2, "v0")
    take(agreed, {"node": None, "revision": 2}, known)
    agree(agreed, "one", "v0")
    assert (agreed.revision, agreed.chosen) == (2, None)
    agree(agreed, "another", "v0")
    assert (agreed.revision, agreed.chosen) == (3, "v0")


def _page() -> None:
    import numdiff as nd
    from pages.parts.graph import draw, readable
    from pages.parts.i18n import translator

    _ = translator("ko")
    graph = readable(_, nd.graph("+".join(f"sin({k}x)^2" for k in range(1, 13)), 1.0), key="large")
    assert draw(_, graph, key="picture", selected="v1") == "v1"


def test_it_runs_on_a_page() -> None:
    app = AppTest.from_function(_page).run()
    assert not app.exception
    assert "48" in app.info[0].value
    assert len(app.selectbox[0].options) > 1


NODE = shutil.which("node")


def node(*arguments: str) -> None:
    assert NODE, "node must be on PATH"
    done = subprocess.run([NODE, *arguments], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]


def test_the_modules_by_nodes_own_runner() -> None:
    node("--test", *(str(path) for path in sorted(Path(__file__).parent.glob("*.test.mjs"))))


def test_the_script_is_one_module_that_parses(tmp_path: Path) -> None:
    path = tmp_path / "script.mjs"
    path.write_text(script(), encoding="utf-8")
    node("--check", str(path))
    assert not re.search(r"^import |^export (?!default)", script(), re.MULTILINE)
    assert ".innerHTML" not in script()


def test_every_word_that_the_script_asks_for_is_sent() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in ASSETS.glob("*.js"))
    sent = set(scene_of("x", 1.0)["words"])
    asked = set(re.findall(r"\bwords\.(\w+)", source)) | set(re.findall(r'\bwords\["([\w.]+)"\]', source))
    assert asked <= sent
    assert set(re.findall(r"\bparts\.(\w+)", source)) <= set(re.findall(r'data-part="(\w+)"', skeleton()))


def test_colours_are_the_themes() -> None:
    for mode in ("light", "dark"):
        assert re.search(rf'data-theme="{mode}"\] {{ --value: #\w+; --adjoint: #\w+; --tangent: #\w+; }}', style())
