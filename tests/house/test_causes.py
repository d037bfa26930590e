"""The operator's guide explains each word that the log has for trouble."""

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
