"""House rules that no linter knows: who imports whom, no text evaluated, nothing fetched, files short enough."""

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import numdiff
from numdiff.functions.registry import rows

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted([ROOT / "app.py", *(ROOT / "numdiff").rglob("*.py"), *(ROOT / "pages").rglob("*.py")])
ASSETS = sorted(
    path
    for kind in ("js", "mjs", "css", "html", "svg")
    for path in (*ROOT.glob(f"numdiff/**/*.{kind}"), *ROOT.glob(f"pages/**/*.{kind}"))
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))

MAY_IMPORT = {
    "numdiff": {"numdiff"},
    "pages.parts": {"numdiff", "pages.parts"},
    "pages.registry": {"numdiff", "pages.parts", "a page"},
    "pages.families": {"numdiff", "pages.parts", "a page"},
    "a page": {"numdiff", "pages.parts"},
    "app": {"numdiff", "pages.parts", "pages.registry"},
}
"""Imports go one way: numdiff ← pages/parts ← a page's folder ← the tables of all pages ← app.py."""

NUMDIFF_NEEDS = {"numpy", "ml_dtypes", "mpmath", "flint", "sympy"}
ONLY_IN_THE_WORKER = {ROOT / "numdiff" / "algebra" / name for name in ("symbolic.py", "operations.py")}
"""These import SymPy, and nothing but the worker process imports these."""
EVALUATES_TEXT = {"eval", "exec", "compile", "sympify", "parse_expr", "lambdify", "__import__"}
FETCHES = re.compile(
    r"https?://(?!www\.w3\.org/)|\bwss?://|@import|\bfetch\(|\bimport\((?!\"\./)|XMLHttpRequest|WebSocket"
)
"""In scripts and styles; a namespace is only a name, and import("./…") a type in a comment."""
LONGEST_FUNCTION = 40
LONGEST = 700
"""Lines of a file: a hint, not a measure. A file is cut where a concept ends."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), name_of(path))


def imports_of(path: Path) -> set[str]:
    """Return the full names of the modules that a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer_of(module: str) -> str:
    layers = ("pages.parts", "pages.registry", "pages.families", "numdiff", "app")
    layer = next((layer for layer in layers if f"{module}.".startswith(f"{layer}.")), "")
    return layer or ("a page" if module.startswith("pages.") else "")


def page_of(module: str) -> str:
    """Return the folder of a page: all lessons are one."""
    return ".".join(module.split(".")[:3])


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_go_one_way(path):
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    own = layer_of(name)
    for module in imports_of(path):
        is_own = own == "a page" and page_of(module) == page_of(name)
        assert is_own or layer_of(module) in {"", *MAY_IMPORT[own]}, f"{module} must not be imported here"
        top = module.split(".")[0]
        if own == "numdiff":
            assert top in {"numdiff", *NUMDIFF_NEEDS, *sys.stdlib_module_names}
        assert top != "sympy" or path in ONLY_IN_THE_WORKER, "a redraw never waits for SymPy"
        if path not in {*ONLY_IN_THE_WORKER, ROOT / "numdiff" / "algebra" / "worker.py"}:
            parts = {module, module.rpartition(".")[0]}
            assert not {f"numdiff.algebra.{file.stem}" for file in ONLY_IN_THE_WORKER} & parts


MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in SOURCES}
WITH_FOLDERS = {folder for path in SOURCES for folder in path.parent.parents}


def room_of(path: Path) -> Path:
    """Return the folder a file lies in; a file that lies beside folders is a room of its own."""
    return path if path.parent in WITH_FOLDERS else path.parent


@pytest.mark.parametrize("package", ["numdiff", "pages"])
@pytest.mark.parametrize("unit", [Path, room_of], ids=["files", "rooms"])
def test_imports_make_no_circle(package, unit):
    """Data lie at the bottom, facades on top: imports for types and inside functions count, too."""
    files = {module: path for module, path in MODULES.items() if path.is_relative_to(ROOT / package)}
    graph = {unit(path): set() for path in files.values()}
    for path in files.values():
        targets = {files.get(module) or files.get(module.rpartition(".")[0]) for module in imports_of(path)}
        graph[unit(path)] |= {unit(target) for target in targets - {None}} - {unit(path)}
    TopologicalSorter(graph).prepare()  # its error names the circle


ROOMS_LIKE_FUNCTIONS = sorted(
    set(numdiff.__all__) & {module.split(".")[1] for module in MODULES if module.startswith("numdiff.")}
)
"""Rooms and single files that are called like a public function: numdiff.graph."""


@pytest.mark.parametrize("name", ROOMS_LIKE_FUNCTIONS)
def test_a_room_hides_no_public_function(name):
    """Whatever is imported first, the package's attribute is the function."""
    modules = [module for module in MODULES if f"{module}.".startswith(f"numdiff.{name}.")]
    question = f"import {', '.join(modules)}; print(type(numdiff.{name}).__name__)"
    answer = subprocess.run([sys.executable, "-c", question], cwd=ROOT, check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "function"


def test_numdiff_brings_in_neither_streamlit_nor_plotly_nor_sympy():
    question = "import sys, numdiff; print(*{'streamlit', 'plotly', 'sympy', 'pandas', 'scipy'} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", question], cwd=ROOT, check=True, capture_output=True, text=True)
    assert answer.stdout.split() == []


def test_the_process_that_serves_pages_does_not_import_sympy():
    paths = [path for path in (ROOT / "pages").rglob("*.py") if path.stem != path.parent.name]  # scripts draw
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]
    question = f"import sys, importlib; [importlib.import_module(m) for m in {modules}]; print('sympy' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", question], cwd=ROOT, check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "False"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_text_is_evaluated(path):
    """Neither called nor passed on: the names do not occur, except as methods of other things (re.compile)."""
    for node in ast.walk(tree_of(path)):
        assert not (isinstance(node, ast.Name) and node.id in EVALUATES_TEXT), f"line {node.lineno}: {node.id}"
        if isinstance(node, ast.Attribute) and node.attr in EVALUATES_TEXT:
            assert ast.unparse(node) == "re.compile", f"line {node.lineno}: {ast.unparse(node)}"
        if isinstance(node, ast.ImportFrom):
            assert not EVALUATES_TEXT & {alias.name for alias in node.names}, f"line {node.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_the_session_has_one_owner(path):
    if path != ROOT / "pages" / "parts" / "state.py":
        names = {node.attr for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute)}
        assert not names & {"session_state", "query_params"}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nobody_sets_the_precision_of_the_process(path):
    """mpmath's belongs to whoever uses the library: numdiff/precise.py lends contexts. FLINT's is set under a lock."""
    if path in {ROOT / "numdiff" / "precise.py", ROOT / "numdiff" / "evaluate" / "balls" / "arithmetic.py"}:
        return
    for node in ast.walk(tree_of(path)):
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        assert name not in {"workdps", "workprec", "extradps", "extraprec"}, f"line {node.lineno}: {name}"
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            assert not (isinstance(target, ast.Attribute) and ast.unparse(target).endswith(("mp.dps", "mp.prec")))


FUNCTION_NAMES = frozenset(row.name for row in rows("typed", "tree", "rows"))


def displays_of(tree: ast.Module) -> list[tuple[int, list[ast.expr]]]:
    """Return the elements of each set, tuple, list, dict and choice of a pattern; a type's ``Literal`` is none."""
    subscripts = [node for node in ast.walk(tree) if isinstance(node, ast.Subscript)]
    types = {id(node.slice) for node in subscripts if ast.unparse(node.value).endswith("Literal")}
    found: list[tuple[int, list[ast.expr]]] = []
    for node in ast.walk(tree):
        if id(node) in types:
            continue
        if isinstance(node, ast.Set | ast.Tuple | ast.List):
            found.append((node.lineno, node.elts))
        elif isinstance(node, ast.Dict):
            found.append((node.lineno, [key for key in node.keys if key is not None]))
        elif isinstance(node, ast.MatchOr):
            values = [pattern.value for pattern in node.patterns if isinstance(pattern, ast.MatchValue)]
            found.append((node.patterns[0].lineno, values))
    return found


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_what_is_known_of_functions_is_asked_of_their_rows(path):
    """No list of functions outside numdiff/functions/: what has a kink, a pole or a name is a fact of each row."""
    if path.parent == ROOT / "numdiff" / "functions":
        return
    for line, elements in displays_of(tree_of(path)):
        names = {part.value for part in elements if isinstance(part, ast.Constant)} & FUNCTION_NAMES
        assert len(names) < 3, f"line {line}: {', '.join(sorted(names))}"


def strings_of(path: Path) -> list[tuple[int, str]]:
    """Return the text constants of a file with their lines, without docstrings."""
    tree = tree_of(path)
    described = (node.body[0] for node in ast.walk(tree) if getattr(node, "body", None) and isinstance(node.body, list))
    docstrings = {id(node.value) for node in described if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nothing_is_fetched_and_no_machine_is_meant(path):
    for line, text in strings_of(path):
        assert not re.search(r"https?://(?!www\.w3\.org/)|\bwss?://|url\(|@import", text), f"line {line}: {text[:80]!r}"
        assert not re.search(r"(?<![\w.])/(home|work|root|tmp|usr|Users)/", text), f"line {line}: {text[:80]!r}"
    assert not {"requests", "urllib.request", "http.client", "socket"} & {
        part for module in imports_of(path) for part in (module, module.rpartition(".")[0])
    }


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_scripts_stand_in_files(path):
    """There node checks them and the tests of the assets read them."""
    for line, text in strings_of(path):
        assert not re.search(r"\baddEventListener\(|\bdocument\.|\bquerySelector", text), f"line {line}"


@pytest.mark.parametrize("path", ASSETS, ids=name_of)
def test_no_asset_fetches_anything(path):
    text = path.read_text(encoding="utf-8")
    assert not FETCHES.search(text)
    assert not re.search(r"\beval\(", text)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_can_be_read_at_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has, its docstring left out."""
    first = function.body[0]
    has_docstring = ast.get_docstring(function, clean=False) is not None
    docstring = first.end_lineno - first.lineno + 1 if has_docstring else 0
    return function.end_lineno - function.lineno + 1 - docstring


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_functions_are_short(path):
    functions = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert {function.name: n for function in functions if (n := lines_of(function)) > LONGEST_FUNCTION} == {}


def test_telemetry_is_off():
    settings = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert re.search(r"^gatherUsageStats = false$", settings, re.MULTILINE)


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_no_test_is_skipped(path):
    if path == Path(__file__).resolve():
        return
    for node in ast.walk(tree_of(path)):
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        assert name not in {"skip", "skipif", "importorskip", "xfail", "skipTest"}, f"line {node.lineno}"


def requirements(file: str) -> dict[str, Requirement]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    found = [Requirement(line.split("  #")[0]) for line in lines if line and not line.startswith("#")]
    names = [canonicalize_name(requirement.name) for requirement in found]
    assert len(set(names)) == len(names), f"{file}: named twice"
    return dict(zip(names, found, strict=True))


def test_the_lock_holds_what_is_required():
    run, test, lock = (requirements(f) for f in ("requirements.txt", "tests/requirements.txt", "requirements.lock"))
    assert not run.keys() & test.keys()
    for name, wanted in (run | test).items():
        (pin,) = lock[name].specifier
        assert pin.operator == "=="
        assert wanted.specifier.contains(pin.version), f"{name}: {pin} is locked, {wanted.specifier} required"
        assert {bound.operator for bound in wanted.specifier} == {">="}, f"{name}: give a lower bound"


IMPORT_NAMES = {"flint": "python-flint", "ml_dtypes": "ml-dtypes"}
USED_BY_STREAMLIT = {"uvloop": "streamlit.web.bootstrap"}
"""What no file here imports: the module of Streamlit that does, if it is there."""


def test_what_is_imported_is_required_and_the_other_way_round():
    tops = {module.split(".")[0] for path in SOURCES for module in imports_of(path)}
    outside = tops - set(sys.stdlib_module_names) - {"numdiff", "pages", "app"}
    imported = {IMPORT_NAMES.get(top, top) for top in outside}
    assert not imported & USED_BY_STREAMLIT.keys()
    assert imported | USED_BY_STREAMLIT.keys() == requirements("requirements.txt").keys()


@pytest.mark.parametrize(("name", "module"), USED_BY_STREAMLIT.items())
def test_streamlit_uses_what_only_streamlit_needs(name, module):
    """It is there where the requirement applies, and nowhere else."""
    tree = ast.parse(Path(find_spec(module).origin).read_text(encoding="utf-8"))
    assert name in {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    marker = requirements("requirements.txt")[name].marker
    assert (find_spec(name) is not None) == (marker is None or marker.evaluate())
