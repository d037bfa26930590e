"""How big things may get, and what they may not be called."""

import ast
import re
from statistics import median

from tests.house.tree import PACKAGES, ROOT, modules

PRODUCT = modules(*PACKAGES)
TESTS = modules("tests", "bench")

DRAWERS = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return a function's number of lines."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_a_module_fits_the_head() -> None:
    """No module is longer than 300 lines."""
    assert {module.name: module.lines for module in PRODUCT + TESTS if module.lines > 300} == {}


def test_most_modules_are_read_at_one_sitting() -> None:
    """Half of the modules have 80 to 140 lines or fewer."""
    assert 80 <= median(module.lines for module in PRODUCT if module.path.name != "__init__.py") <= 140


def test_a_folder_is_read_at_a_glance() -> None:
    """No folder of code has more than 20 entries, apart from those of recorded data."""
    folders = {path.parent for module in PRODUCT + TESTS for path in (module.path, module.path.parent)}
    entries = {
        str(folder.relative_to(ROOT)): len({*folder.iterdir()} - {folder / "__pycache__"})
        for folder in folders - {ROOT}
    }
    assert {folder: number for folder, number in entries.items() if number > 20} == {}


def test_the_formatter_is_skipped_for_tables_alone() -> None:
    """`# fmt: skip` stands behind literal tables only: code is formatted as everywhere."""
    skipped = []
    for module in PRODUCT + TESTS:
        ends = {
            node.end_lineno: node
            for node in ast.walk(module.tree)
            if isinstance(node, ast.stmt) and not isinstance(node, ast.FunctionDef | ast.ClassDef)
        }
        for number, line in enumerate(module.path.read_text().splitlines(), 1):
            if line.endswith("# fmt: skip") and not literal(ends.get(number)):
                skipped.append(f"{module}:{number}")
    assert skipped == []


def literal(node: ast.stmt | None) -> bool:
    """Tell whether a statement assigns a table of literals."""
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return False
    return not any(isinstance(part, ast.Call | ast.comprehension) for part in ast.walk(node.value))


def test_a_function_fits_the_screen() -> None:
    """No function is longer than 50 lines."""
    functions = [(module, function) for module in PRODUCT + TESTS for function in module.functions]
    assert [f"{module}.{function.name}" for module, function in functions if length(function) > 50] == []


def test_most_functions_are_short() -> None:
    """Four functions in five have at most 20 lines."""
    lengths = [length(function) for module in PRODUCT for function in module.functions]
    assert sum(lines <= 20 for lines in lengths) >= 0.8 * len(lengths)


def test_no_module_is_a_drawer() -> None:
    """A module is named for what it does."""
    assert [module.name for module in PRODUCT + TESTS if DRAWERS & set(re.split(r"[._]", module.name))] == []


def test_no_state_is_global() -> None:
    """Nothing rebinds a name of its module."""
    nodes = [(module, node) for module in PRODUCT + TESTS for node in ast.walk(module.tree)]
    assert [f"{module}:{node.lineno}" for module, node in nodes if isinstance(node, ast.Global)] == []


def test_every_test_says_what_it_states() -> None:
    """Each test has a docstring that begins with one sentence of its own."""
    silent = []
    for module in TESTS:
        for function in module.functions:
            summary = (ast.get_docstring(function) or "").partition("\n\n")[0]
            if function.name.startswith("test_") and not summary.endswith("."):
                silent.append(f"{module}.{function.name}")
    assert silent == []


def test_nobodys_machine_is_in_the_files() -> None:
    """No file holds a path of the machine where it was written."""
    own = re.compile("(?<![\\w.:/])/" + r"(?:root|work|Users/\w+|home/\w+)/")
    texts = {".py", ".md", ".yml", ".yaml", ".toml", ".txt", ".lua", ".js", ".css", ".html", ""}
    folders = [
        path for name in (*PACKAGES, "tests", "bench", "docs", ".ci") for path in (ROOT / name).rglob("*")
    ]
    files = [
        path
        for path in (*folders, *ROOT.iterdir())
        if path.is_file() and path.name != ".git" and path.suffix in texts
    ]
    invented = {"/home/ann/", "/Users/ann/"}
    found = {path.name: set(own.findall(path.read_text())) - invented for path in files}
    assert {name: paths for name, paths in found.items() if paths} == {}
