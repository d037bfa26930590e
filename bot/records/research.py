"""What asks for research: a word before a question, `research: why did revenue fall?`, or a button."""

import re
from dataclasses import replace

from bot.records.question import Question
from bot.spaces.catalog import Catalog
from render.words.research import WORD

_MENTIONS = r"(?:\s*<@[UW][A-Z0-9]+(?:\|[^<>]*)?>[\s,:]*)*"
_ASKED = re.compile(rf"({_MENTIONS})\s*{WORD}\s*:\s*(\S.*)", re.IGNORECASE | re.DOTALL)


def as_research(question: Question, catalog: Catalog) -> Question:
    """Return research of what follows the word and its colon, or the question as it is.

    The name of a space may stand before the word, as after it: `finance: research: …`. Without the colon it
    belongs to the question: "research spending by team".
    """
    space, rest = catalog.named(question.text)
    asked = "" if question.notice else without_word(rest)
    if not asked:
        return question
    return replace(question, text=asked, research=True, space=space.id if space else question.space)


def without_word(text: str) -> str:
    """Return what follows the word and its colon; empty where the text does not begin with it."""
    asked = _ASKED.fullmatch(text)
    return asked[1] + asked[2] if asked else ""


def deeper(question_id: str) -> str:
    """Return the id of the research that goes deeper into the answer to a question: there is one."""
    return f"{question_id}.deeper"
