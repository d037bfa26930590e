"""Every Redis key of an installation, and how long it lives.

All keys carry one hash tag, so that a script may use several of them on Redis Cluster.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.identity.model import SlackUser
from bot.records.question import Place
from bot.store.keys.experts import (
    CONFIRMED_LIFETIME,
    REVIEW_LIFETIME,
    REVIEW_TAKEN_LIFETIME,
    ExpertKeys,
)
from bot.store.keys.research import ResearchKeys
from bot.store.keys.reuse import ReuseKeys
from bot.store.keys.sign_in import Key
from bot.store.keys.watches import WATCH_LIFETIME, WATCH_RUN_LIFETIME, WatchKeys

__all__ = [
    "CONFIRMED_LIFETIME",
    "REVIEW_LIFETIME",
    "REVIEW_TAKEN_LIFETIME",
    "WATCH_LIFETIME",
    "WATCH_RUN_LIFETIME",
    "Key",
    "Keys",
]


HOUR = 3600 * 1000
DAY = 24 * HOUR
QUESTION_LIFETIME = 7 * DAY + 2 * HOUR
"""Milliseconds; longer than Slack's redeliveries (25 h), so that a question is never taken twice.

And longer than a week in which the clock is put back, all of which the digest reads when it is over.
"""
THREAD_LIFETIME = 30 * DAY
"""A thread that is silent for longer starts a new Genie conversation."""
LINE_LIFETIME = DAY
ASKED_LIFETIME = DAY
DELETED_LIFETIME = 15 * 60 * 1000
"""Longer than Slack tries to deliver the event of a message that was deleted meanwhile."""
OFFER_LIFETIME = 10 * 60 * 1000
"""Slack takes an offer to one person away sooner or later; until then one is enough."""
PERSON_LIFETIME = DAY
PERSON_CHANGED_LIFETIME = 60 * 1000
"""Longer than Slack is waited for: what it said before a change is not remembered after it."""
CHANNEL_LIFETIME = DAY
CHANNEL_FRESH = 5 * 60 * 1000
"""For which Slack is not asked again; later its last word counts where it gives no new one."""
MEMBERS_LIFETIME = 30 * DAY
MEMBERS_FRESH = DAY
"""After which the members of a channel are counted again; until that is done the last count serves."""
MEMBERS_PAUSE = 10 * 60 * 1000
"""After which the members of a channel are counted again where Slack did not tell them."""
GUESTS_LIFETIME = 30 * DAY
"""Of a channel's guests, which are there until they are known to be gone."""
GROUP_LIFETIME = DAY
GROUP_FRESH = 5 * 60 * 1000
"""The same of who is in a user group: who leaves it is answered for so long."""
NO_CHARTS_LIFETIME = 30 * DAY
"""Renewed by every question, so that a space that refuses the wish for charts is not asked again."""
GRANT_LIFETIME = 90 * DAY
"""Of what a person gave at a sign-in, after its last use."""
GRANT_LOCK_LIFETIME = 30 * 1000
"""Longer than one renewal takes (`genie.http.user_oauth`), so that it outlives its holder alone."""
ACCOUNTS_PAUSE = DAY
"""Between two looks at the accounts of those who have signed in."""
AGENT_MODE_OFF_LIFETIME = DAY
"""For which research in a space is not tried again where agent mode is switched off."""
SIGN_IN_LIFETIME = 10 * 60 * 1000
"""Of a link to sign in, and of each step after it."""
SIGN_IN_WAIT_LIFETIME = 3600 * 1000
"""For which a question waits until its person has signed in."""
HEARD_LIFETIME = 30 * DAY
CONNECTIONS_LIFETIME = DAY
"""Longer than Slack keeps a connection, so that there is a newer number while a process runs."""
SPACE_WAIT_LIFETIME = 3600 * 1000
"""For which a question waits until its space is chosen."""
BINDING_LIFETIME = 400 * DAY
"""Of a channel's space, after the last question there."""
SIGNED_OUT_LIFETIME = 8 * DAY
"""Longer than a question that was asked before a sign-out."""
PREFERENCES_LIFETIME = 365 * DAY
"""After their last use."""
HOME_LIFETIME = 10 * 60 * 1000
"""For which the Home tab is kept up to date after it was opened."""
HOME_TURN_LIFETIME = 3 * 1000
"""Longer than one publication of a Home tab may take."""
FIGURES_LIFETIME = 8 * DAY
"""Of what is counted in a day, for a week."""


@dataclass(frozen=True, slots=True)
class Keys(ExpertKeys, ResearchKeys, ReuseKeys, WatchKeys):
    """Key names under one prefix."""

    @property
    def all(self) -> Key:
        """Pattern of all keys that there are."""
        return self._key("*")

    @property
    def due(self) -> Key:
        """Sorted set: id of a question or job by the time of its next step, or at which its lease ends."""
        return self._key("due")

    @property
    def line(self) -> Key:
        """Sorted set: questions that wait for a token, in fair order."""
        return self._key("line")

    @property
    def line_turns(self) -> Key:
        """Hash: each asker's last turn in the line, the question that has it, since when the asker waits."""
        return self._key("line", "turns")

    def line_own(self, asker: str) -> Key:
        """Sorted set: the questions of a user that wait for a token, and some that do no more, in order."""
        return self._key("line", "own", asker)

    @property
    def line_clock(self) -> Key:
        """Hash: the turn that was served last."""
        return self._key("line", "clock")

    @property
    def probe(self) -> Key:
        """Text: written to see whether Redis takes writes."""
        return self._key("probe")

    @property
    def absent(self) -> Key:
        """Never there: a script over it and another key fails as long as a Cluster moves our slot."""
        return self._key("absent")

    @property
    def replicated(self) -> Key:
        """Text: written to learn whether a replica has all that was written before."""
        return self._key("replicated")

    @property
    def processes(self) -> Key:
        """Sorted set: processes by when they were last alive."""
        return self._key("processes")

    @property
    def connections(self) -> Key:
        """Text: JSON of how many connections Slack counted last, and how many processes lived then."""
        return self._key("connections")

    def heard(self, kind: str) -> Key:
        """Text: there when something of this kind came from Slack; its age is what is left of its life."""
        return self._key("heard", kind)

    def question(self, question_id: str) -> Key:
        """Hash: one question and its progress."""
        return self._key("question", question_id)

    def audit(self, day: str) -> Key:
        """Stream: the questions and jobs that ended on a day, which is counted since 1970."""
        return self._key("audit", day)

    def audit_content(self, day: str) -> Key:
        """Hash: JSON of the words and the SQL of questions that ended on a day, by their ids."""
        return self._key("audit", day, "content")

    def ratings(self, question_id: str) -> Key:
        """Hash: what people think of the answer to a question, and what Genie was told about that."""
        return self._key("question", question_id, "ratings")

    def answer(self, place: Place, ts: str) -> Key:
        """Text: the question that a message of ours answers, and its thread."""
        return self._key("answer", place.team, place.channel, ts)

    def thread(self, place: Place, thread: str) -> Key:
        """Hash: the Genie conversations of a Slack thread, who asked; its existence makes it ours."""
        return self._key("thread", place.team, place.channel, thread)

    def thread_line(self, place: Place, thread: str) -> Key:
        """List: questions of one thread in the order in which they came; the first is being answered."""
        return self._key("thread", place.team, place.channel, thread, "line")

    def talk(self, place: Place, thread: str) -> Key:
        """Hash: who wrote in a thread of ours before and since its last answer; if that asked; no text."""
        return self._key("thread", place.team, place.channel, thread, "talk")

    def latest(self, team: str, channel: str, asker: str) -> Key:
        """Text: the thread in which a user asked last in a channel; a private one after its own channel."""
        return self._key("latest", team, channel, asker)

    def asked(self, team: str, channel: str, asker: str) -> Key:
        """List: the questions that a user asked last in a channel, newest first; private ones, too."""
        return self._key("asked", team, channel, asker)

    def waiting_by_person(self, asker: str) -> Key:
        """Sorted set: questions of a user that wait for Genie, and some that do no more."""
        return self._key("waiting", "person", asker)

    def waiting_in_channel(self, team: str, channel: str) -> Key:
        """Sorted set: questions in a channel that wait for Genie, and some that do no more."""
        return self._key("waiting", "channel", team, channel)

    def recent(self, asker: str) -> Key:
        """List: the questions that a person asked last, wherever that was, newest first; no text."""
        return self._key("recent", asker)

    def preferences(self, team: str, user: str) -> Key:
        """Text: JSON of a person's settings."""
        return self._key("preferences", team, user)

    def home(self, user: SlackUser) -> Key:
        """Text: there when a person looked at the Home tab lately; when its last publication began, or 0."""
        return self._key("home", user.team, user.id)

    def home_turn(self, user: SlackUser) -> Key:
        """Text: there while a person's Home tab is published."""
        return self._key("home", user.team, user.id, "turn")

    def figures(self, at_ms: int) -> Key:
        """Hash: how many questions ended how on the day (UTC) of a moment, and which ratings were given."""
        return self._key("figures", f"{datetime.fromtimestamp(at_ms / 1000, UTC):%Y-%m-%d}")

    def refused(self, asker: str) -> Key:
        """Text: there when a user was told within the last minute that too many questions wait."""
        return self._key("waiting", "refused", asker)

    def no_charts(self, space: str, *, research: bool = False) -> Key:
        """Text: there when a space refuses questions that want a chart, or research that does."""
        return self._key("research", "no_charts", space) if research else self._key("no_charts", space)

    def message(self, message_id: str) -> Key:
        """Text: the question to which a Genie message belongs."""
        return self._key("message", message_id)

    def conversation(self, conversation_id: str) -> Key:
        """Text: the question that Genie got last in a conversation."""
        return self._key("conversation", conversation_id)

    def grants(self, bucket: str) -> Key:
        """List: when the last tokens of a bucket were taken, newest first."""
        return self._key("bucket", bucket)

    def closed(self, bucket: str) -> Key:
        """Text: the time until which a bucket gives nothing."""
        return self._key("bucket", bucket, "closed")

    def person(self, team: str, user: str) -> Key:
        """Text: JSON of what Slack says about a person."""
        # "person" is a version before's, which does not say who is a guest.
        return self._key("user", team, user)

    def person_changed(self, team: str, user: str) -> Key:
        """Text: there when a person's account changed within the last minute."""
        return self._key("user", team, user, "changed")

    def user_group(self, team: str, group: str) -> Key:
        """Text: JSON of the ids of a user group's members."""
        return self._key("user_group", team, group)

    def noted_guest(self, team: str, user: str) -> Key:
        """Text: there when Slack has told that an account is, or has become, that of a guest."""
        return self._key("user", team, user, "guest")

    def guests_changed(self, team: str) -> Key:
        """Text: a word of its own for each time at which an account became that of a guest."""
        return self._key("guests", team, "changed")

    def channel(self, team: str, channel: str) -> Key:
        """Text: JSON of what Slack says about a channel."""
        return self._key("channel", team, channel)

    def channel_changed(self, team: str, channel: str) -> Key:
        """Text: a word of its own for each time at which others came into a channel."""
        return self._key("channel", team, channel, "changed")

    def bound_space(self, team: str, channel: str) -> Key:
        """Text: the Genie space to which a channel is bound."""
        return self._key("channel", team, channel, "space")

    def members(self, team: str, channel: str) -> Key:
        """Text: JSON of how many people and guests are in a channel."""
        return self._key("channel", team, channel, "members")

    def guests(self, team: str, channel: str) -> Key:
        """Text: how many guests were in a channel when they were counted last, if there were any."""
        return self._key("channel", team, channel, "guests")
