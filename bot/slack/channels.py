"""Who can read what is posted in a channel: colleagues, guests, people of other companies.

https://docs.slack.dev/reference/objects/conversation-object
"""

import json
import secrets
import time
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import NOT_A_MEMBER, REMEMBERED_SECONDS, SlackRefused, ask_slack, next_cursor, optional
from bot.slack.members import LastCount, MemberCounts, last_count
from bot.store.keys import CHANNEL_FRESH, CHANNEL_LIFETIME, GUESTS_LIFETIME, MEMBERS_LIFETIME, Keys
from bot.store.questions import in_time
from bot.store.scripts import people
from genie.protocol.coerce import as_text

CHANNELS = ("C", "G")
"""With which the ids of channels begin; those of direct messages begin with a D."""
LARGEST_PAGE = 1_000
"""Of members: a person is looked for while somebody waits."""


class ChannelKind(StrEnum):
    """Who may come in."""

    PUBLIC = "public"
    """Everybody of the workspace, apart from guests."""
    PRIVATE = "private"
    """Who is invited."""
    GROUP = "group"
    """Nobody: it is a direct message of several people."""
    DIRECT = "direct"
    """Nobody: it is between one person and the bot."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ChannelAudience:
    """Who is in a channel; None where that is not known."""

    kind: ChannelKind = ChannelKind.UNKNOWN
    name: str = ""
    """Without the #; direct messages have none."""
    people: int | None = None
    """Without the bot; other apps are counted until the guests are."""
    companies: int | None = None
    """Other companies that share the channel, as many as Slack names."""
    guests: int | None = None
    """Guests of our workspace; counted in the background, and not in channels with very many people."""
    pending: bool = False
    """Whether guests have still to be counted, so that an answer had better wait; never kept."""

    @property
    def has_outsiders(self) -> bool:
        """Whether guests or people of other companies are known to be there."""
        return bool(self.companies or self.guests)

    @property
    def may_have_outsiders(self) -> bool:
        """Whether such people may be there: they are, or that is still to be found out."""
        return self.has_outsiders or self.pending


DIRECT = ChannelAudience(ChannelKind.DIRECT, people=1, companies=0, guests=0)


class Channels:
    """Looks channels up in Slack, each once in some minutes."""

    def __init__(
        self, slack: AsyncWebClient, redis: "Redis", keys: Keys, counts: MemberCounts, enterprise: str = ""
    ) -> None:
        """Remember them in Redis; `enterprise` is the organization of which our workspace is a part."""
        self._slack, self._redis, self._keys = slack, redis, keys
        self._counts, self._enterprise = counts, enterprise
        self._silent_until = self._no_news_until = 0.0

    async def glance(self, team: str, channel: str) -> ChannelAudience:
        """Return who is in a channel; nothing is known where Slack does not say so in time."""
        if time.monotonic() < self._silent_until:
            return ChannelAudience()
        found = await optional(self._look(team, channel), None)
        if found is None:
            self._silent_until = time.monotonic() + REMEMBERED_SECONDS
        return found or ChannelAudience()

    async def read(self, team: str, channel: str) -> ChannelAudience:
        """Return who is in a channel when its guests are counted, however long that takes.

        Nothing is known where Slack will not tell it. SlackError where it does not answer, and has not within
        a day.
        """
        found = await self._look(team, channel)
        if found.pending:
            await self._counts.made(team, channel)
            found = await self._look(team, channel)
        return found

    async def has_us(self, channel: str) -> bool | None:
        """Tell whether the bot is a member of a channel now; None where Slack does not say so in a second."""
        return await optional(self._has_us(channel), None)

    async def _has_us(self, channel: str) -> bool | None:
        try:
            told = (await ask_slack(self._slack.conversations_info(channel=channel))).get("channel") or {}
        except SlackRefused as refused:
            return False if refused.code in NOT_A_MEMBER else None
        member = told.get("is_member")
        return member if isinstance(member, bool) else None

    async def has_person(self, channel: str, user: str) -> bool:
        """Tell whether Slack names a person among a channel's members within a second."""
        return channel.startswith(CHANNELS) and await optional(self._has_person(channel, user), default=False)

    async def lacks_person(self, channel: str, user: str) -> bool:
        """Tell whether Slack says within a second that a person is not among a channel's members."""
        return channel.startswith(CHANNELS) and not await optional(
            self._has_person(channel, user), default=True
        )

    async def _has_person(self, channel: str, user: str) -> bool:
        cursor = None
        while True:
            call = self._slack.conversations_members(channel=channel, limit=LARGEST_PAGE, cursor=cursor)
            page = await ask_slack(call)
            if user in (page.get("members") or ()):
                return True
            cursor = next_cursor(page)
            if not cursor:
                return False

    async def forget(self, team: str, channel: str) -> None:
        """Ask Slack anew about a channel into which somebody has come; NotStored.

        What was asked before, and is told later, is not remembered.
        """
        async with self._redis.pipeline() as pipe:
            pipe.set(self._keys.channel_changed(team, channel), new_mark(), px=MEMBERS_LIFETIME)
            pipe.delete(self._keys.channel(team, channel), self._keys.members(team, channel))
            await in_time(pipe.execute())

    async def note_account(self, team: str, user: str, *, guest: bool) -> None:
        """Count the guests of all channels anew if an account has become that of a guest; NotStored.

        Slack tells of every change of a guest, and it is new only with the first of them.
        """
        noted = self._keys.noted_guest(team, user)
        if not guest:
            await in_time(self._redis.delete(noted))
        elif not await in_time(self._redis.exists(noted)):
            async with self._redis.pipeline() as pipe:
                pipe.set(self._keys.guests_changed(team), new_mark(), px=MEMBERS_LIFETIME)
                pipe.set(noted, 1, px=GUESTS_LIFETIME)
                await in_time(pipe.execute())

    async def _look(self, team: str, channel: str) -> ChannelAudience:
        if channel.startswith("D"):
            return DIRECT
        found, is_fresh, last = await self._remembered(team, channel)
        if found is None:
            found = await self._ask(team, channel)
            _, _, last = await self._remembered(team, channel)
        elif not is_fresh and time.monotonic() >= self._no_news_until:
            told = await optional(self._ask(team, channel), None)
            if told is None:  # a token of Genie's would grow too old over the same wait again and again
                self._no_news_until = time.monotonic() + REMEMBERED_SECONDS
            found = told or found
            _, _, last = await self._remembered(team, channel)
        if found.kind is ChannelKind.UNKNOWN:
            return found
        count = await self._counts.of(team, channel, found.people or 0, last)
        if count is None:
            return replace(found, pending=True)
        return replace(found, people=count.people or found.people, guests=count.guests)

    async def _remembered(self, team: str, channel: str) -> tuple[ChannelAudience | None, bool, LastCount]:
        """Return what Slack said last, whether that was within some minutes, and the last count."""
        keys = self._keys
        told, left, counted, count_left, guests, marks = await people.read_audience(
            self._redis,
            channel_key=keys.channel(team, channel),
            members_key=keys.members(team, channel),
            guests_key=keys.guests(team, channel),
            channel_changed_key=keys.channel_changed(team, channel),
            guests_changed_key=keys.guests_changed(team),
        )
        is_fresh = left > CHANNEL_LIFETIME - CHANNEL_FRESH
        last = last_count(counted, count_left, guests, marks)
        return from_json(told) if told else None, is_fresh, last

    async def _ask(self, team: str, channel: str) -> ChannelAudience:
        changed_key = self._keys.channel_changed(team, channel)
        changed = str(await self._redis.get(changed_key) or "")
        found = await self._told(team, channel)
        await people.remember(
            self._redis,
            told_key=self._keys.channel(team, channel),
            changed_key=changed_key,
            changed=changed,
            told=to_json(found),
            lifetime_ms=CHANNEL_LIFETIME,
        )
        return found

    async def _told(self, team: str, channel: str) -> ChannelAudience:
        call = self._slack.conversations_info(channel=channel, include_num_members=True)
        try:
            told = (await ask_slack(call)).get("channel")
        except SlackRefused:  # a scope that we lack, most likely, of which the start has told
            return ChannelAudience()
        return read_channel(told or {}, {team, self._enterprise} - {""})


def new_mark() -> str:
    """Return what tells this change from all others."""
    return secrets.token_hex(8)


def read_channel(channel: Mapping[str, Any], ours: Collection[str]) -> ChannelAudience:
    """Read Slack's conversation object; `ours` are the ids of our workspace and of its organization."""
    if channel.get("is_im"):
        return DIRECT
    kind = ChannelKind.PRIVATE if channel.get("is_private") else ChannelKind.PUBLIC
    if channel.get("is_mpim"):
        kind = ChannelKind.GROUP
    return ChannelAudience(
        kind=kind,
        name="" if kind is ChannelKind.GROUP else as_text(channel.get("name")),
        people=_people(channel),
        companies=_companies(channel, ours),
    )


def _people(channel: Mapping[str, Any]) -> int | None:
    members = channel.get("num_members")
    if not isinstance(members, int) or members < 1:
        return None
    return members - bool(channel.get("is_member"))


def _companies(channel: Mapping[str, Any], ours: Collection[str]) -> int:
    """Count the other companies; Slack does not name them in every shared channel."""
    if not channel.get("is_ext_shared"):
        return 0
    inside = {*ours, *(channel.get("internal_team_ids") or ())}
    return max(1, len({*(channel.get("connected_team_ids") or ())} - inside))


def to_json(audience: ChannelAudience) -> str:
    """Return the form that Redis keeps."""
    kept = asdict(audience)
    del kept["pending"]
    return json.dumps(kept)


def from_json(text: str | bytes) -> ChannelAudience:
    """Read what `to_json` wrote."""
    data = json.loads(text)
    return ChannelAudience(**data | {"kind": ChannelKind(data["kind"])})
