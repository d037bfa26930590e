"""The guide explains each word that the log has for trouble, and each sentence that people then read."""

import ast
import re

from bot.failures.model import Cause
from tests.house.tree import ROOT
from tests.unit.bot.every_cause import EVERY

BEGIN, END = "<!-- causes -->\n", "<!-- /causes -->"
HEAD = "| In the log | Who can mend it | Asked again | What it means, and what to do |\n|---|---|---|---|\n"


def rows() -> str:
    """Write the table of causes as the guide has it: one row for those of which it says the same."""
    same: dict[tuple[object, ...], list[Cause]] = {}
    for cause in EVERY:
        same.setdefault((cause.do, cause.fault, cause.retry, cause.fresh), []).append(cause)
    lines = []
    for causes in same.values():
        cause = causes[0]
        retry = f"{cause.retry.value}, in a new conversation" if cause.fresh else cause.retry.value
        named = " ".join(f"`{each.name}`" for each in causes)
        lines.append(f"| {named} | {cause.fault.value} | {retry} | {cause.do} |\n")
    return HEAD + "".join(lines)


def test_the_guide_explains_every_cause() -> None:
    """The table in the guide is the one that the bot decides by."""
    text = (ROOT / "docs/operating/causes.md").read_text()
    assert text.partition(BEGIN)[2].partition(END)[0] == rows()


def sentences() -> str:
    """Write the table of what people read in the place of an answer, with the words of the log for it."""
    same: dict[str, list[str]] = {}
    for cause in EVERY:
        for said in filter(None, (cause.words, cause.own)):
            same.setdefault(said, []).append(f"`{cause.name}`")
    lines = [f"| {said} | {' '.join(dict.fromkeys(names))} |\n" for said, names in same.items()]
    return "| A person reads | In the log |\n|---|---|\n" + "".join(lines)


def between(begin: str, end: str) -> str:
    """Return a part of the page of sentences."""
    text = (ROOT / "docs/operating/sentences.md").read_text()
    return text.partition(begin)[2].partition(end)[0]


def test_the_guide_has_each_sentence_instead_of_an_answer() -> None:
    """Who is shown such a sentence finds its cause by it."""
    assert between("<!-- read -->\n", "<!-- /read -->") == sentences()


def test_the_guide_quotes_what_people_read() -> None:
    """Each other sentence of the guide is one of the bot's, so far as it is quoted."""
    quoted = re.findall(r"^\| (.+?) … \|", between("<!-- elsewhere -->", "<!-- /elsewhere -->"), re.MULTILINE)
    trees = [ast.parse(path.read_text()) for path in (ROOT / "render" / "words").rglob("*.py")]
    constants = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    texts = [text for text in constants if isinstance(text, str)]
    assert quoted
    assert [said for said in quoted if not any(said in text for text in texts)] == []
