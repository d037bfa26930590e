"""Our own source as the tests of this folder read it."""

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("genie", "render", "bot", "handlers", "sandbox")


@dataclass(frozen=True)
class Module:
    """One file of source."""

    name: str
    path: Path
    lines: int
    tree: ast.Module

    def __str__(self) -> str:
        """Return the name, as a failing test shows it."""
        return self.name

    @cached_property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method, also one inside another."""
        return [
            node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]

    @cached_property
    def imports(self) -> set[str]:
        """Every module that is imported anywhere in the file; `from a import b` gives both a and a.b."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        return found


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Read every module below some folders of the repository."""
    return tuple(_read(path) for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


def _read(path: Path) -> Module:
    text = path.read_text()
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path, len(text.splitlines()), ast.parse(text))
