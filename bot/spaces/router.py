"""Finds the space that a question is about, by its words alone, and abstains when it is not sure.

Each word counts for the spaces whose title, description or starters have it: the fewer have it, the more. A
question goes to a space of which it says enough, unless another one comes near or many of its words are in
none. docs/decisions/24-the-space-of-a-question.md
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from bot.spaces.model import SpaceInfo
from bot.spaces.vocabulary import is_silent, spellings, stem, stems, words

TITLE, DESCRIPTION, STARTER = 1.5, 1.0, 0.7
"""What a word counts that stands in the title or alias, in a description, in a starter."""
SLIP = 0.8
"""The part of it that a misspelt word counts."""
ENOUGH = 0.65
"""A word of one space's starters is enough, a word that two of three spaces have is not."""
LEAD = 3.0
"""The times by which the best space has to lead: a word of another one outweighs three of its own."""
STRANGE_WORD = 0.55
"""What a word of no space counts against the best one."""
PART = 0.5
"""The part that a word counts which describes one of no space, as in `stock price`."""
CHARACTERS = 1_000
"""Of a question that are looked at."""
CHOICES = 3
"""Spaces that are offered."""
_VALUE = re.compile(r"\b(?:in|for|from|at|to|only|vs|versus)\s+(?:the\s+|our\s+)?([^\W\d_]+)", re.IGNORECASE)
"""A word that says which rows are meant, and not what the question is about."""
_NAME = re.compile(r"(?<=[^.!?:\s] )[^\W\d_a-z][^\W\d_]+")
"""A word with a capital letter within a sentence."""


@dataclass(frozen=True, slots=True)
class Route:
    """The id of a question's space; "" and those that may be meant, likeliest first, where it is not sure."""

    space_id: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Index:
    """The words of all spaces."""

    terms: Mapping[str, Mapping[str, float]]
    """By the id of a space: what each of its words counts, by its stem."""
    by_spelling: Mapping[str, str]
    """All stems, by what also those who misspell them may have written."""


def route(question: str, spaces: Sequence[SpaceInfo]) -> Route:
    """Return the space that a question is about; with one space alone that one.

    `spaces` are all that are configured: one that cannot be asked draws its questions, too, so that no other
    one gets them unasked.
    """
    if len(spaces) == 1:
        return Route(spaces[0].space.id)
    question, index = question[:CHARACTERS], _index(tuple(spaces))
    asked = {stem(word): word for word in words(question) if not is_silent(word)}
    weights = {each: _weights(each, word, index) for each, word in asked.items()}
    scores = {space: sum(found.get(space, 0.0) for found in weights.values()) for space in index.terms}
    ranked = sorted(scores, key=lambda space: -scores[space])  # the operator's order where equal
    unknown = {each for each, found in weights.items() if not found} - _values(question)
    parts = _parts(question, unknown)
    sure = sum(found.get(ranked[0], 0.0) * (PART if each in parts else 1) for each, found in weights.items())
    usable = {info.space.id for info in spaces if not info.problem}
    enough = sure >= max(ENOUGH, STRANGE_WORD * len(unknown)) and sure > LEAD * scores[ranked[1]]
    if enough and ranked[0] in usable:
        return Route(ranked[0])
    offered = tuple(space for space in ranked if space in usable)
    likely = tuple(space for space in offered if scores[space] > 0)
    return Route(choices=(likely if len(likely) > 1 else offered)[:CHOICES])


@lru_cache(maxsize=4)
def _index(spaces: tuple[SpaceInfo, ...]) -> _Index:
    terms = {info.space.id: _terms(info) for info in spaces}
    known = chain.from_iterable(terms.values())
    return _Index(terms, {spelling: each for each in known for spelling in spellings(each)})


def _terms(info: SpaceInfo) -> Mapping[str, float]:
    """Return what each word of a space counts, by its stem."""
    fields = (
        (STARTER, info.starters),
        (DESCRIPTION, (info.description, info.space.description)),
        (TITLE, (info.title, info.space.alias.replace("_", " "))),
    )
    return {each: weight for weight, texts in fields for text in texts for each in stems(text)}


def _weights(each: str, word: str, index: _Index) -> Mapping[str, float]:
    """Return what a word of a question, given as its stem and itself, counts for the spaces that have it."""
    terms = index.terms
    found = {space: own[each] for space, own in terms.items() if each in own}
    slip = 1.0
    if not found:
        written = (*spellings(each), *spellings(word))
        meant = next((index.by_spelling[each] for each in written if each in index.by_spelling), "")
        found, slip = {space: own[meant] for space, own in terms.items() if meant in own}, SLIP
    rareness = math.log(len(terms) / len(found)) / math.log(len(terms)) if found else 0.0
    return {space: weight * rareness * slip for space, weight in found.items()}


def _values(question: str) -> set[str]:
    """Return the stems of words that name values: a country, a customer, a product."""
    named: Iterable[str] = _VALUE.findall(question)
    if not question.isupper():
        named = (*named, *_NAME.findall(question))
    return {stem(word) for text in named for word in words(text)}


def _parts(question: str, unknown: set[str]) -> set[str]:
    """Return the stems of words that stand just before one of no space, and may only describe it."""
    said = [stem(word) if not is_silent(word) else "" for word in words(question)]
    return {each for each, following in pairwise(said) if following in unknown}
