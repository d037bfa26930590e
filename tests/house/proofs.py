"""Documents that name the tests which prove what they say, as `file::test` below tests/."""

import ast
import re
from functools import cache

from tests.house.tree import ROOT

PROOF = re.compile(r"`(\w+(?:/\w+)+)::(test_\w+)`")


def rows(page: str) -> list[list[str]]:
    """Return the cells of every row of the tables on a page, heads included."""
    lines = [line for line in page.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in lines]


def named(page: str) -> list[tuple[str, str]]:
    """Return the tests that a page names, each as its file and its name."""
    return sorted(set(PROOF.findall(page)))


def is_there(file: str, name: str) -> bool:
    """Tell whether a file of tests has a test of this name."""
    return name in _functions_of(file)


def is_proof(cell: str) -> bool:
    """Tell whether a cell names tests, a comma between, and nothing else."""
    return bool(cell) and all(PROOF.fullmatch(each) for each in cell.split(", "))


@cache
def _functions_of(file: str) -> set[str]:
    path = ROOT / "tests" / f"{file}.py"
    if not path.is_file():
        return set()
    found = ast.walk(ast.parse(path.read_text()))
    return {node.name for node in found if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
