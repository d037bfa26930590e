"""Every sentence that a person can read stands in a module of words, where it can be found and translated."""

import ast
import re
from collections.abc import Iterator

from tests.house.tree import PACKAGES, Module, modules

WORDS = [module for module in modules("render") if module.name.startswith("render.words.")]
OTHERS = [
    module for module in modules("render", "handlers", "bot") if not module.name.startswith("render.words")
]

OURS = {module.name for module in modules(*PACKAGES)}

BEGINS = re.compile(r"\s*[A-Z][a-z]{2,}\b")
"""How a sentence, a heading or the text of a button begins."""
ENDS = re.compile(r"(?s).*[a-z]{2,} [a-z]{2,}[.!?…]\s*")
"""How the last part of a sentence ends."""
JOINS = re.compile(r"(?:^| )[a-z]{2,}(?= |$)")
"""A word between values, or beside one."""

NO_WORDS = {
    "bot.wiring.app": "how Slack is connected, for the log",
    "bot.observability.gauges": "what Prometheus says about metrics, for the operator",
    "bot.observability.metrics": "the same",
    "bot.server.metrics_page": "headers of HTTP",
    "bot.slack.api": "errors, for the log",
    "bot.slack.app_text": "what Slack says itself",
    "bot.startup.checks": "why the bot does not start, for the operator",
    "render.chart.describe": "the alternative text of a chart, with the values that it tells",
    "render.figure.fonts": "names of fonts",
    "render.insights.prompt": "what a model reads",
    "render.text.locales": "how a date looks, for who reads the source",
}
"""Modules with what only looks like words for people, and what it is."""


def spoken(module: Module) -> Iterator[str]:
    """Return the strings of a module that look like words, apart from docstrings, errors and annotations."""
    silent: set[ast.AST] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(node.value)
        elif isinstance(node, ast.Raise):
            silent |= set(ast.walk(node))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            silent |= set(ast.walk(node.returns))
        elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            silent |= set(ast.walk(node.annotation))
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            silent |= set(ast.walk(node))
    for node in ast.walk(module.tree):
        text = node.value if isinstance(node, ast.Constant) and node not in silent else None
        if isinstance(text, str) and (BEGINS.match(text) or ENDS.fullmatch(text)):
            yield f"{module}: {text}"


def test_what_people_read_stands_in_modules_of_words() -> None:
    """No other module holds what begins like a heading or ends like a sentence."""
    assert [text for module in OTHERS if module.name not in NO_WORDS for text in spoken(module)] == []


def test_texts_put_together_from_values_have_no_words_of_their_own() -> None:
    """What joins values into a text that people read is a word, too, and stands with the others."""
    assert [
        f"{module}:{part.lineno} {part.value!r}"
        for module in OTHERS
        if module.name.startswith("render.") and module.name not in NO_WORDS
        for text in ast.walk(module.tree)
        if isinstance(text, ast.JoinedStr)
        for part in text.values
        if isinstance(part, ast.Constant) and JOINS.search(str(part.value))
    ] == []


def test_no_exception_is_left_over() -> None:
    """Each module that may hold such strings has some."""
    assert [module.name for module in OTHERS if module.name in NO_WORDS and not [*spoken(module)]] == []
    assert NO_WORDS.keys() <= {module.name for module in OTHERS}


def test_words_are_data_and_functions() -> None:
    """A module of words has constants, and functions that put values or a record of them into a sentence."""
    assert [
        f"{module}:{node.lineno}" for module in WORDS for node in module.tree.body if not plain(node)
    ] == []


def plain(node: ast.stmt) -> bool:
    """Tell whether a statement needs no programmer to be translated."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.ClassDef):
        return not any(isinstance(part, ast.FunctionDef) for part in node.body)
    return isinstance(node, ast.Assign | ast.AnnAssign | ast.FunctionDef | ast.Import | ast.ImportFrom)


def test_words_know_nothing_of_the_bot() -> None:
    """A module of words imports how text, moments and numbers are written, data, and other words."""
    known = {"render", "render.text.escape", "render.text.locales", "render.text.limits"}
    found = {
        f"{module}: {name}"
        for module in WORDS
        for name in module.imports
        if name in OURS and name not in known and not name.startswith("render.words")
    }
    assert found == set()
