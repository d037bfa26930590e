"""What a message consists of beside mentions: words, or only thanks, a greeting, emoji, a link, a file.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from html import unescape

from render.words import small_talk


class Content(StrEnum):
    """What a message says; only WORDS may be a question about data."""

    WORDS = "words"
    NOTHING = "nothing"
    """Not even an emoji: mentions alone, or punctuation."""
    STOP = "stop"
    HELP = "help"
    AGREEMENT = "agreement"
    """Or refusal, or praise; it may answer a question of Genie's."""
    THANKS = "thanks"
    GREETING = "greeting"
    EMOJI = "emoji"
    LINK = "link"
    FILE = "file"


_PHRASES = {
    Content.STOP: small_talk.STOP,
    Content.HELP: small_talk.HELP,
    Content.AGREEMENT: small_talk.AGREEMENT,
    Content.THANKS: small_talk.THANKS,
    Content.GREETING: small_talk.GREETINGS,
}
"""A message with phrases of several kinds is of the first of them."""
_LONGEST_SMALL_TALK = 120
_LINK = re.compile(r"<(?:https?|mailto|ftp|tel):[^<>]*>|\bhttps?://\S+")
_MENTION = re.compile(r"<[@#!][^<>]*>")
_EMOJI = re.compile(r":[a-z0-9_+'-]+:(?::skin-tone-\d:)?", re.IGNORECASE)
_EMOTICON = re.compile(r"(?<!\w)(?:[:;=]['’]?-?[)(dpo/|\]\[*]+|x-?d+|<3|\^_*\^|\+1)(?!\w)", re.IGNORECASE)
_SIGNS = {
    **dict.fromkeys(small_talk.YES_SIGNS, small_talk.YES),
    **dict.fromkeys(small_talk.NO_SIGNS, small_talk.NO),
}
_SIGN = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(_SIGNS)))})(?::skin-tone-\d:)?(?!\w)")
_UNITS = frozenset("%‰#№°")
"""Beside signs of currencies, what asks for a figure in another form: "€?"."""
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff"
"""Characters of languages that set no spaces between words."""


def content_of(text: str, *, files: bool = False) -> Content:
    """Tell what a text in Slack's own form says; `files` if some come with it."""
    without_mentions = _MENTION.sub(" ", text)
    without_links = _LINK.sub(" ", without_mentions)
    kind = _kind(without_links)
    if kind in {Content.WORDS, Content.HELP, Content.STOP}:
        return kind
    if files:
        return Content.FILE
    return Content.LINK if without_links != without_mentions else kind


def in_words(text: str) -> str:
    """Write an answer that consists of thumbs or check marks alone as a word; any other text as it is."""
    signs = {_SIGNS[match[1]] for match in _SIGN.finditer(text)}
    rest = _SIGN.sub(" ", _MENTION.sub(" ", text))
    return signs.pop() if len(signs) == 1 and _kind(rest) is Content.NOTHING else text


def is_small_talk(text: str) -> bool:
    """Tell whether a part of a message, such as "thanks for that", has nothing that is asked of anybody."""
    return len(text) <= _LONGEST_SMALL_TALK and None not in _kinds(_normalised(text))


def _kind(text: str) -> Content:
    if len(text) > _LONGEST_SMALL_TALK:
        return Content.WORDS
    words = _normalised(text)
    if _has_unit(text):
        return Content.WORDS
    if not words:
        if in_words(text) != text:
            return Content.AGREEMENT
        return Content.EMOJI if _has_emoji(text) else Content.NOTHING
    kinds = {*_kinds(words)}
    if None in kinds:
        return Content.WORDS
    kind = next((kind for kind in _PHRASES if kind in kinds), Content.WORDS)
    return Content.WORDS if kind is Content.AGREEMENT and "?" in unicodedata.normalize("NFKC", text) else kind


def _has_unit(text: str) -> bool:
    rest = _EMOJI.sub(" ", unescape(text))
    return any(
        unicodedata.category(each) == "Sc" or each in _UNITS for each in unicodedata.normalize("NFKC", rest)
    )


def _has_emoji(text: str) -> bool:
    coded = _EMOJI.search(text) or _EMOTICON.search(unescape(text))
    return bool(coded) or any(unicodedata.category(each) == "So" for each in text)


def _normalised(text: str) -> str:
    """Return the words of a text between single spaces, without case, accents, punctuation and emoji."""
    text = _EMOTICON.sub(" ", _EMOJI.sub(" ", unescape(text)))
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    letters = "".join(each for each in decomposed if unicodedata.category(each) != "Mn")
    return " ".join(_WORD.findall(_STRETCHED.sub(r"\1", letters)))


_ADDRESSEES = frozenset(map(_normalised, small_talk.ADDRESSEES))
_FILLERS = frozenset(map(_normalised, small_talk.FILLERS)) | _ADDRESSEES
_ALONE = frozenset(map(_normalised, small_talk.ALONE))
_ENGLISH = frozenset(map(_normalised, small_talk.ENGLISH_AGREEMENT))
_KIND_OF = {_normalised(phrase): kind for kind in reversed(_PHRASES) for phrase in _PHRASES[kind]}
_LONGEST_FIRST = sorted({*_KIND_OF, *_FILLERS}, key=len, reverse=True)
_PHRASE = re.compile(f"({'|'.join(_LONGEST_FIRST)})(?: |$|(?<=[{_UNSPACED}]))")


def _kinds(words: str) -> Iterator[str | None]:
    """Yield the kind of each phrase of normalised words, empty for a filler, None for any other."""
    phrases = [*_split(words)]
    beside = next((phrase for phrase in phrases if phrase in _KIND_OF), None)
    for phrase in phrases:
        if phrase in _KIND_OF:
            beside = phrase
            yield _KIND_OF[phrase]
        else:
            yield "" if phrase and (beside is None or _takes(beside, phrase)) else None


def _split(words: str) -> Iterator[str]:
    """Yield each phrase that is known; empty where another word stands."""
    at = 0
    while at < len(words):
        phrase = _PHRASE.match(words, at)
        yield phrase[1] if phrase else ""
        at = phrase.end() if phrase else len(words)


def _takes(phrase: str, filler: str) -> bool:
    """Tell whether a phrase stays small talk with a filler, as "thanks, all" does; "no, all" does not."""
    kind = _KIND_OF[phrase]
    if filler in _ADDRESSEES:
        return kind in {Content.THANKS, Content.GREETING} and phrase not in _ALONE
    foreign_word = (
        kind is Content.AGREEMENT and phrase not in _ENGLISH and " " not in phrase and phrase.isascii()
    )
    return phrase not in _ALONE and not foreign_word
