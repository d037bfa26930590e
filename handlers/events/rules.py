"""What the bot does about a message: one table, the first row that matches decides.

A question costs one of few tokens and a warehouse run, and people also talk to each other in a thread: the
bot asks only what is meant for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.records.question import Surface
from bot.store.listening import Choice, Heard, ThreadReplies
from handlers.payloads.content import Content
from handlers.payloads.messages import Message


class Decision(StrEnum):
    """What the bot does about a message."""

    ASK = "ask"
    HELP = "help"
    THANK = "thank"
    """Answer thanks in kind, without Genie."""
    NO_FILES = "no files"
    """Say that the bot reads none."""
    TELL_NO_FILES = "tell no files"
    """The same to the writer alone: in a thread a file may be for others."""
    OFFER = "offer"
    """Let the writer alone choose whether it is a question."""
    OFFER_AS_MYSELF = "offer as myself"
    """Let the writer alone choose to ask it with the own rights, as the thread has another person's."""
    CANCEL = "cancel"
    """Withdraw the writer's own question."""
    IGNORE = "ignore"


Condition = Callable[[Message, Heard], bool]


def _always(_message: Message, _heard: Heard) -> bool:
    return True


def _is_asked(_message: Message, heard: Heard) -> bool:
    return heard.asked


def _is_app(message: Message, _heard: Heard) -> bool:
    return message.by_app


def _app_answers_us(message: Message, heard: Heard) -> bool:
    return message.by_app and heard.known


def _is_unknown(_message: Message, heard: Heard) -> bool:
    return not heard.known


def _answers_genie(message: Message, heard: Heard) -> bool:
    return heard.asked_back and heard.has_asked and message.may_answer


def _is_external(message: Message, _heard: Heard) -> bool:
    return message.external


def _is_to_others(message: Message, _heard: Heard) -> bool:
    return message.to_others


def _mentions_only(_message: Message, heard: Heard) -> bool:
    return heard.replies is ThreadReplies.MENTIONS or heard.choice is Choice.MENTIONS


def _has_chosen(heard: Heard) -> bool:
    return heard.replies is ThreadReplies.ALL or heard.choice is Choice.ASK


def _people_talk(_message: Message, heard: Heard) -> bool:
    return heard.others_wrote and not _has_chosen(heard)


def _is_perhaps_to_others(message: Message, heard: Heard) -> bool:
    return message.perhaps_to_others and not _has_chosen(heard)


def _is_anothers(_message: Message, heard: Heard) -> bool:
    if heard.shows_answers:
        return heard.anothers
    goes_on = heard.has_asked or heard.choice is Choice.ASK  # in the writer's own direct messages
    return heard.anothers and (heard.told or not goes_on)  # what was offered may have been asked by that


def _is_shown_in_anothers(_message: Message, heard: Heard) -> bool:
    return heard.anothers and heard.shows_answers


TO_US = frozenset({Surface.MENTION, Surface.DIRECT})
MENTION, DIRECT, REPLY = (frozenset({each}) for each in (Surface.MENTION, Surface.DIRECT, Surface.REPLY))
ANYWHERE = TO_US | REPLY
ANYTHING = frozenset(Content)
HELP = frozenset({Content.HELP, Content.GREETING, Content.NOTHING, Content.LINK})
SMALL_TALK = frozenset({Content.THANKS, Content.AGREEMENT, Content.EMOJI})
"""What asks nothing and wants no more than a word."""
NO_QUESTION = SMALL_TALK | {Content.GREETING, Content.NOTHING, Content.LINK}
ASKS = frozenset({Content.WORDS, Content.HELP})
ANSWERS = frozenset({Content.WORDS, Content.AGREEMENT, Content.LINK})
"""What may answer a question of Genie's; Slack makes a link of an address such as that of a customer."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: which messages, and what is done about them."""

    name: str
    decision: Decision
    surfaces: frozenset[Surface] = ANYWHERE
    contents: frozenset[Content] = ANYTHING
    when: Condition = _always

    def matches(self, message: Message, heard: Heard) -> bool:
        """Tell whether this row is about such a message."""
        return (
            message.surface in self.surfaces
            and message.content in self.contents
            and self.when(message, heard)
        )


RULES = (
    Rule("asked already", Decision.IGNORE, when=_is_asked),
    Rule("an app answers one of ours", Decision.IGNORE, when=_app_answers_us),
    Rule("an app mentions us", Decision.ASK, TO_US, frozenset({Content.WORDS}), when=_is_app),
    Rule("an app says anything else", Decision.IGNORE, when=_is_app),
    Rule("a reply in a thread of others", Decision.IGNORE, REPLY, when=_is_unknown),
    Rule("stop said to somebody else", Decision.IGNORE, REPLY, frozenset({Content.STOP}), when=_is_to_others),
    Rule("stop or cancel alone", Decision.CANCEL, contents=frozenset({Content.STOP})),
    Rule("an answer to Genie's own question", Decision.ASK, contents=ANSWERS, when=_answers_genie),
    Rule("help, a greeting or nothing, to us", Decision.HELP, TO_US, HELP),
    Rule("a file without words, to us", Decision.NO_FILES, TO_US, frozenset({Content.FILE})),
    Rule("thanks with a mention", Decision.THANK, MENTION, SMALL_TALK),
    Rule(
        "a mention in another person's thread", Decision.OFFER_AS_MYSELF, MENTION, when=_is_shown_in_anothers
    ),
    Rule("a mention", Decision.ASK, MENTION),
    Rule("thanks in a direct message", Decision.IGNORE, DIRECT, SMALL_TALK),
    Rule("a direct message", Decision.ASK, DIRECT),
    Rule("a reply of another company", Decision.IGNORE, REPLY, when=_is_external),
    Rule("a reply to somebody else", Decision.IGNORE, REPLY, when=_is_to_others),
    Rule("a reply that asks nothing", Decision.IGNORE, REPLY, NO_QUESTION),
    Rule("a thread that listens to mentions only", Decision.IGNORE, REPLY, when=_mentions_only),
    Rule("a reply perhaps to somebody else", Decision.OFFER, REPLY, ASKS, when=_is_perhaps_to_others),
    Rule("a file while people talk", Decision.IGNORE, REPLY, frozenset({Content.FILE}), when=_people_talk),
    Rule("a reply while people talk", Decision.OFFER, REPLY, when=_people_talk),
    Rule("a file without words", Decision.TELL_NO_FILES, REPLY, frozenset({Content.FILE})),
    Rule("a call for help", Decision.HELP, REPLY, frozenset({Content.HELP})),
    Rule("a reply in another person's thread", Decision.OFFER_AS_MYSELF, REPLY, when=_is_anothers),
    Rule("a reply", Decision.ASK, REPLY),
)
"""The first row that matches decides; the last one matches every reply, as those before do the rest."""


def decide(message: Message, heard: Heard) -> Decision:
    """Return what is done about a message in a thread of which so much is known."""
    return next(rule.decision for rule in RULES if rule.matches(message, heard))
