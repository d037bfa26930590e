"""Parse messages of channels, threads and direct messages.

https://docs.slack.dev/reference/events/message, /app_mention
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.records.job import Job, JobKind, job_id
from bot.records.question import Aside, Notice, Place, Question, Surface
from bot.slack.app_text import UNREADABLE, app_text
from genie.protocol.coerce import as_text
from handlers.payloads.content import Content, content_of, in_words, is_small_talk
from handlers.payloads.envelope import installed_team, is_external, microseconds
from render.words import small_talk

WRITTEN_SUBTYPES = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""Messages that a person wrote just now; every other subtype is an edit, a deletion, a join or an app."""
APP_SUBTYPES = frozenset({*WRITTEN_SUBTYPES, "bot_message"})
OUT_OF_ORDER_MICROSECONDS = 5_000_000
"""The event of a reply may come before that of its thread's first message by so much."""
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_NAME_AT_END = re.compile(rf"(?P<before>[^\W\d_]{{0,40}})[^\w<>]{{0,9}}{_PERSON.pattern}[^\w<>]{{0,20}}$")
_END = 200
"""Characters in which a name at the end of a message is looked for."""
_GROUP = re.compile(r"<!(?:subteam\^|here|channel|everyone)[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message that may concern us: in a direct message, with a mention of the bot, or in a thread."""

    place: Place
    ts: str
    user: str
    surface: Surface
    text: str = field(repr=False)
    """Slack's own form."""
    content: Content
    to_others: bool = False
    """It addresses another person, or a group of users."""
    perhaps_to_others: bool = False
    """It ends with a person's name, who may be asked, or asked about."""
    by_app: bool = False
    """An app or a workflow wrote it that may ask."""
    external: bool = False
    """Its writer belongs to another company that shares this channel."""
    research: bool = False
    """It is in a thread that began with research."""
    mentioned_at: int = 0
    """When an edit added the mention, as `written_at`."""

    @property
    def id(self) -> str:
        """Return the id of the question that it may be."""
        return f"{self.place.team}.{self.place.channel}.{self.ts}"

    @property
    def may_answer(self) -> bool:
        """Whether it may answer a question of Genie's, as it is not written to another person."""
        return not (self.to_others or self.perhaps_to_others)

    @property
    def in_thread(self) -> bool:
        """Whether it is a reply."""
        return self.place.thread != self.ts

    @property
    def written_at(self) -> int:
        """Return when it was written, in microseconds since 1970 by Slack's clock."""
        return microseconds(self.ts)

    @property
    def may_precede_its_root(self) -> bool:
        """Whether it is a reply so soon after its thread began that its event may have come first."""
        return 0 < self.written_at - microseconds(self.place.thread) < OUT_OF_ORDER_MICROSECONDS

    def revision(self, edited: str, notice: Notice) -> Question:
        """Return what it says since an edit, whose `ts` is `edited`, as a question of its own."""
        return replace(self.question(notice), id=f"{self.id}.{edited}", revises=self.id)

    def question(self, notice: Notice = Notice.NONE) -> Question:
        """Return it as a question, or as one that gets a `notice` without Genie."""
        return Question(
            id=self.id,
            text=in_words(self.text),
            place=self.place,
            asker=self.user,
            surface=self.surface,
            written_at=self.mentioned_at or self.written_at,
            external=self.external,
            notice=notice,
            research=self.research and not notice,
        )

    def aside(self, aside: Aside) -> Job:
        """Return the job that tells its writer alone something about it."""
        kind = JobKind.TELL_WRITER
        # Slack shows nothing in a thread that has no replies.
        place = self.place if self.in_thread else replace(self.place, thread=None)
        return Job(job_id(self.place, kind, self.ts), kind, place, self.user, about=self.id, payload=aside)


def read_message(
    body: Mapping[str, Any], bot_user: str | None, allowed_bots: Collection[str] = ()
) -> Message | None:
    """Read a message; None if it cannot concern us, or no person and no allowed app has just written it."""
    event = body["event"]
    ts, app_ids = event.get("ts"), {event.get("bot_id"), event.get("app_id")} - {None}
    by_app = _is_by_app(event)
    user = event.get("user") or (event.get("bot_id") if by_app else None)
    if event.get("subtype") not in (APP_SUBTYPES if by_app else WRITTEN_SUBTYPES) or not (user and ts):
        return None
    if by_app and not {user, *app_ids} & {*allowed_bots}:
        return None
    if event["type"] == "app_mention" and event.get("edited"):
        return None  # Slack tells of an edit twice: what it said before stands in `message_changed`
    team, channel, text = installed_team(body), str(event["channel"]), text_of(event)
    surface = _surface(event, text, bot_user)
    if surface is None:
        return None
    return Message(
        place=Place(team, channel, event.get("thread_ts") or ts),
        ts=ts,
        user=user,
        surface=surface,
        text=text,
        content=content_of(text, files=bool(event.get("files"))),
        to_others=_is_to_others(text, bot_user),
        perhaps_to_others=_is_perhaps_to_others(text, bot_user),
        by_app=by_app,
        external=is_external(body, team),
    )


def text_of(message: Mapping[str, Any]) -> str:
    """Return the text of a message; of an app's message without one, what people see instead."""
    text = as_text(message.get("text"))
    return app_text(message) if _is_by_app(message) and text in {"", UNREADABLE} else text


def _is_by_app(message: Mapping[str, Any]) -> bool:
    return bool(message.get("bot_id")) or message.get("subtype") == "bot_message"


def _surface(event: Mapping[str, Any], text: str, bot_user: str | None) -> Surface | None:
    if event.get("channel_type") == "im":
        return Surface.DIRECT
    if event["type"] == "app_mention" or bot_user in _PERSON.findall(text):
        return Surface.MENTION
    return Surface.REPLY if event.get("thread_ts") else None


def _is_to_others(text: str, bot_user: str | None) -> bool:
    """Tell whether a text begins with the mention of another person, or mentions a group of users."""
    if _GROUP.search(text):
        return True
    other = next((each for each in _PERSON.finditer(text) if each[1] != bot_user), None)
    return other is not None and is_small_talk(_PERSON.sub(" ", text[: other.start()]))


def _is_perhaps_to_others(text: str, bot_user: str | None) -> bool:
    """Tell whether a text ends with the mention of a person that no word such as "of" makes a part of it."""
    name = _NAME_AT_END.search(text, max(0, len(text) - _END))
    if not name or name[2] == bot_user:
        return False
    return name["before"].casefold() not in small_talk.BEFORE_NAMES
