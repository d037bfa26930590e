"""Names, languages and time zones of Slack users, and mentions in a question turned into names."""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from html import unescape

from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import REMEMBERED_SECONDS, ask_slack, optional
from bot.store.keys import PERSON_LIFETIME, Keys
from genie.protocol.coerce import as_text

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|([^>]*))?>")
_FARTHEST_ZONE = 14 * 3_600
_ELLIPSIS = re.compile(r"\[?(?:…|\.\.\.)\]?")
_ENDS = "?!.…;)\n？！。؟؛"
"""Before these a mention leaves nothing."""
_COMMAS = ",:،、，："
ENTITY = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")


@dataclass(frozen=True, slots=True)
class Person:
    """What Slack says about a user; empty where it says nothing."""

    name: str = ""
    locale: str = ""
    """Slack's name for a language, such as `de-DE`."""
    utc_offset: int = 0
    """Seconds that their clock is ahead of UTC."""


class Users:
    """Looks users up in Slack, each once a day, and after a failure a minute later."""

    def __init__(self, slack: AsyncWebClient, redis: "Redis", keys: Keys) -> None:
        """Remember them in Redis."""
        self._slack, self._redis, self._keys = slack, redis, keys

    async def of(self, team: str, users: set[str]) -> dict[str, str]:
        """Return the names of `users`; those that Slack will not tell are left out."""
        found = await asyncio.gather(*(self.person(team, user) for user in users))
        return {user: person.name for user, person in zip(users, found, strict=True) if person.name}

    async def person(self, team: str, user: str) -> Person:
        """Return what Slack says about a user; nothing where it does not say so in time."""
        key = self._keys.person(team, user)
        if known := await self._redis.get(key):
            return Person(*json.loads(known))  # for a day there are records without an offset
        told = await optional(self._told(user), None)
        lifetime = PERSON_LIFETIME if told else int(REMEMBERED_SECONDS * 1000)
        found = told or Person()
        await self._redis.set(key, json.dumps(astuple(found)), px=lifetime)
        return found

    async def _told(self, user: str) -> Person | None:
        person = (await ask_slack(self._slack.users_info(user=user, include_locale=True)))["user"]
        # The full name first: it is what data has, where a display name is what friends say.
        name, locale = as_text(person.get("real_name") or person.get("name")), as_text(person.get("locale"))
        return Person(name, locale, _utc_offset(person.get("tz_offset")))


def _utc_offset(seconds: object) -> int:
    return seconds if isinstance(seconds, int) and abs(seconds) <= _FARTHEST_ZONE else 0


def mentioned(text: str) -> set[str]:
    """Return the ids of the people whom a Slack text mentions."""
    return {match[1] for match in MENTION.finditer(text)}


def question_text(text: str, bot_user: str, names: Mapping[str, str]) -> str:
    """Turn Slack's form of a message into the text that its author wrote, without the mention of the bot.

    https://docs.slack.dev/messaging/formatting-message-text
    """

    def entity(match: re.Match[str]) -> str:
        target, label = match[1], match[2]
        if target.startswith("@"):
            return names.get(target[1:]) or label or "someone"
        if target.startswith("#"):
            return f"#{label}" if label else ""
        if target.startswith("!"):
            return label or f"@{target[1:].partition('^')[0]}"
        return _link(target, label or "")

    return re.sub(r"[ \t]+", " ", unescape(ENTITY.sub(entity, _without_mention(text, bot_user)))).strip()


def _without_mention(text: str, bot_user: str) -> str:
    """Take the mentions of the bot out, with the commas that set them off."""
    mention = rf"<@{re.escape(bot_user)}(?:\|[^<>]*)?>"
    gap_around = rf"[ \t{_COMMAS}]*"
    run = re.compile(rf"({gap_around}){mention}((?:{gap_around}{mention})*)({gap_around})")

    def gap(match: re.Match[str]) -> str:
        before, after = text[: match.start()], text[match.end() :]
        begins, ends = not before.strip() or before[-1] == "\n", not after.strip() or after[0] in _ENDS
        if begins or ends:
            return ""
        return (match[1].strip() or match[3].strip()) + " "

    return run.sub(gap, text)


def _link(target: str, label: str) -> str:
    """Return what a link says: its target where the label is a shortened form of that, else the label."""
    target = target.removeprefix("mailto:").removeprefix("tel:")
    parts = _ELLIPSIS.split(label)
    if len(parts) > 1 and re.search(".*".join(map(re.escape, parts)), target):
        return target
    return label or target
