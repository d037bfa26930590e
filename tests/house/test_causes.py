"""The guide explains each word that the log has for trouble, and each sentence that people then read."""

import ast
import re

from bot.failures.model import Cause
from tests.house.tree import ROOT
from tests.unit.bot.failures.every_cause import EVERY

BEGIN, END = "<!-- causes -->\n", "<!-- /causes -->"
HEAD = "| In the log | Who can mend it | Asked again | What it means, and what to do |\n|---|---|---|---|\n"
CONTENT = {"small_talk", "stats", "charts", "caveats", "values"}
"""Modules with what an answer says, and with words that are understood."""
NO_TROUBLE = {
    "answer": "SQL_IN_FILE TEXT_IN_FILE REPLY_HERE NO_ROWS_HINT SHORTENED trusted",
    "changes": "WITHDRAWN ASKED_AGAIN",
    "commands": "INTRODUCTION FORGETTING_PERSON FORGOT_PERSON ASK_EXPLAINED ONE_SPACE UNBOUND"
    " BOUND_TO_NONE ALL_WORKS NOBODY_WAITS bound_to bound_now in_line limit",
    "experts": "ALREADY_SENT ASK_PRIVATE ASK_TITLE CANNOT_HINT CORRECT_SQL_HINT CORRECT_WORDS_HINT CUT KEPT"
    " DELETED DELETE_EXPLAINED DELETE_TITLE NOTHING_CONFIRMED NO_SQL OPEN SENT SQL_CUT and_more confirmed"
    " no_answer other_sql same_sql some_sql taken",
    "explain": "OPENING ALTERED_NOTE NO_FILTERS TRUSTED SHORTENED SQL_SHORTENED read_at",
    "feedback": "GOOD_TAKEN BAD_TAKEN BAD_REACTION_TAKEN TAKEN_BACK TITLE EXPLAINED SEEN_BY_AUTHORS"
    " SEEN_BY_REVIEWERS THANKS reason",
    "home": "WELCOME STARTERS LOADING MORE SAVED_FROM_NOW MORE_WAITING more_spaces now ended rated",
    "insights": "WRITING SHORTENED",
    "listening": "ASKED MENTIONS_CHOSEN NOW_QUIET NOW_LISTENING quiet_latest listening_latest",
    "owners": "ASK_INSTEAD",
    "questions": "HELP ASK_NOW COMMAND_RECEIVED YOU_ARE_WELCOME",
    "readers": "OF_THE_BOT YOUR_RIGHTS will_see",
    "research": "WORKING STOPPING LOOK_BEHIND EXPLAINED REST_IN_THREAD first_rows earlier_steps result "
    "results_below",
    "reuse": "asked_before",
    "share": "REST_IN_THREAD PRIVATE_EXPLAINED private_received replied_privately answered_privately",
    "shortcuts": "QUESTION_HINT CHANNEL_HINT NOT_FOR_ALL",
    "sign_in": "YOUR_LINK SIGNED_OUT BACK_SIGNED_IN HOME_AS_BOT home_signed_in signed_in_already"
    " CONFIRM_TITLE CONFIRM_EXPLAINED DONE",
    "spaces": "WHICH only asked_in",
    "threads": "begun_anew forgotten FORGET_TITLE FORGET_EXPLAINED FORGETTING FRESH_ALREADY"
    " FRESH_LATEST FRESH_LATEST_ALREADY FRESH_PRIVATE FRESH_PRIVATE_ALREADY forget_latest",
    "changed": "closed",
    "watches": "OPENING VALUE_HINT NOTHING_WATCHED PAUSED_NOW STOPPED_NOW SCHEDULE_EXPLAINED QUIET_HINT"
    " WHICH_SPACE_HINT resumed where_told started about scheduled rows more_on_list more_watches",
}
"""Thanks, help, confirmations and the like, by module."""


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


def quoted() -> list[str]:
    """Return the beginnings that the other tables of the page quote."""
    cells = re.findall(r"^\| (.+?) \|", between("<!-- elsewhere -->", "<!-- /elsewhere -->"), re.MULTILINE)
    return [said for cell in cells if cell != "A person reads" for said in cell.split("<br>")]


def is_in(quotation: str, parts: list[str]) -> bool:
    """Tell whether fixed parts of a text have what stands between the dots of a quotation."""
    first, *others = (piece.strip() for piece in quotation.split("…"))
    return any(part.lstrip().startswith(first) for part in parts) and all(
        any(piece in part for part in parts) for piece in others
    )


def fixed_parts(node: ast.stmt) -> list[str]:
    """Return the strings of a statement, without its docstring."""
    doc = ast.get_docstring(node, clean=False) if isinstance(node, ast.FunctionDef) else None
    found = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant)]
    return [text for text in found if isinstance(text, str) and text != doc]


def texts() -> dict[str, list[str]]:
    """Return what each name of the modules of words says, by `module.NAME`."""
    found: dict[str, list[str]] = {}
    for path in (ROOT / "render" / "words").rglob("*.py"):
        module = path.parent.name if path.stem == "__init__" else path.stem
        for node in ast.parse(path.read_text()).body if path.parent.name != "operator" else ():
            if isinstance(node, ast.FunctionDef):
                found[f"{module}.{node.name}"] = fixed_parts(node)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found[f"{module}.{node.targets[0].id}"] = fixed_parts(node)
    return found


def test_the_guide_quotes_what_people_read() -> None:
    """Each other sentence of the guide is one of the bot's, so far as it is quoted."""
    assert quoted()
    known = texts().values()
    assert [said for said in quoted() if not any(is_in(said, parts) for parts in known)] == []


def test_the_guide_has_each_sentence_about_trouble() -> None:
    """Whatever is a whole sentence is on the page, or is among those that tell of no trouble."""
    instead = {said for cause in EVERY for said in (cause.words, cause.own) if said}
    absent = {
        name
        for name, parts in texts().items()
        if name.partition(".")[0] not in CONTENT
        and any(re.search(r"[.?]($|\s)", part) for part in parts)
        and not instead.intersection(parts)
        and not any(is_in(said, parts) for said in quoted())
    }
    assert absent == {f"{module}.{name}" for module, names in NO_TROUBLE.items() for name in names.split()}
