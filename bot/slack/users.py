"""What Slack knows about users, and mentions in a question turned into names."""

import asyncio
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from html import unescape
from typing import Any

from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import REMEMBERED_SECONDS, ask_slack, optional
from bot.store.keys import PERSON_CHANGED_LIFETIME, PERSON_LIFETIME, Keys
from bot.store.questions import in_time
from bot.store.scripts import people
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
    """What Slack says about a user; empty, and not `known`, where it says nothing.

    https://docs.slack.dev/reference/objects/user-object
    """

    name: str = ""
    locale: str = ""
    """Slack's name for a language, such as `de-DE`."""
    utc_offset: int = 0
    """Seconds that their clock is ahead of UTC."""
    email: str = field(default="", repr=False)
    """Told with the scope users:read.email, of people who are not `external`."""
    guest: bool = False
    """Of our workspace, but only in some of its channels."""
    external: bool = False
    """Of another company."""
    deleted: bool = False
    """The account is deactivated."""
    bot: bool = False
    time_zone: str = ""
    """That of their clock, by its name in the IANA database: it knows of daylight saving."""

    @property
    def known(self) -> bool:
        """Whether Slack said anything: it has a name for everybody."""
        return bool(self.name)


class Users:
    """Looks users up in Slack, each once a day, and after a failure a minute later."""

    def __init__(self, slack: AsyncWebClient, redis: "Redis", keys: Keys, enterprise: str = "") -> None:
        """Remember them in Redis; `enterprise` is the organization of which our workspace is a part."""
        self._slack, self._redis, self._keys, self._enterprise = slack, redis, keys, enterprise

    async def of(self, team: str, users: set[str]) -> dict[str, str]:
        """Return the names of `users`; those that Slack will not tell are left out."""
        found = await asyncio.gather(*(self.person(team, user) for user in users))
        return {user: person.name for user, person in zip(users, found, strict=True) if person.name}

    async def person(self, team: str, user: str) -> Person:
        """Return what Slack says about a user; nothing where it does not say so in time."""
        if kept := (await self.remembered(team, [user])).get(user):
            return kept
        told = await optional(self._ask(team, user), None)
        found = told or Person()
        await self._remember(team, user, found, PERSON_LIFETIME if told else int(REMEMBERED_SECONDS * 1000))
        return found

    async def known_person(self, team: str, user: str) -> Person:
        """Return what Slack says about a user, however long that takes; SlackError."""
        kept = (await self.remembered(team, [user])).get(user)
        return kept if kept and kept.known else await self.ask(team, user)

    async def ask(self, team: str, user: str) -> Person:
        """Return what Slack says about a user now, and remember it; SlackError."""
        found = await self._ask(team, user)
        await self._remember(team, user, found, PERSON_LIFETIME)
        return found

    async def remembered(self, team: str, users: Iterable[str]) -> dict[str, Person]:
        """Return what is remembered of some users, without asking Slack."""
        wanted = [*users]
        kept = await self._redis.mget([self._keys.person(team, user) for user in wanted]) if wanted else []
        return {user: from_json(text) for user, text in zip(wanted, kept, strict=True) if text}

    async def forget(self, team: str, user: str) -> None:
        """Ask Slack about a user whose account has changed when it is needed next; NotStored."""

        async def forget() -> None:
            await self._redis.set(self._keys.person_changed(team, user), 1, px=PERSON_CHANGED_LIFETIME)
            await self._redis.delete(self._keys.person(team, user))

        await in_time(forget())

    async def _remember(self, team: str, user: str, person: Person, lifetime_ms: int) -> None:
        await people.remember(
            self._redis,
            told_key=self._keys.person(team, user),
            changed_key=self._keys.person_changed(team, user),
            changed="",  # nothing is kept for a minute after a change
            told=to_json(person),
            lifetime_ms=lifetime_ms,
        )

    async def _ask(self, team: str, user: str) -> Person:
        told = (await ask_slack(self._slack.users_info(user=user, include_locale=True))).get("user")
        return read_person(told or {}, {team, self._enterprise} - {""})


def read_person(user: Mapping[str, Any], ours: Collection[str]) -> Person:
    """Read Slack's user object; `ours` are the ids of our workspace and of its organization.

    Slack says less about some users, such as those of other companies: their names are in the profile alone.
    """
    profile, enterprise = user.get("profile") or {}, user.get("enterprise_user") or {}
    told = (user.get("team_id"), profile.get("team"), enterprise.get("enterprise_id"))
    homes = {as_text(each) for each in told} - {""}
    external = bool(user.get("is_stranger")) or (bool(homes) and homes.isdisjoint(ours))
    return Person(
        # The full name first: it is what data has, where a display name is what friends say.
        name=as_text(user.get("real_name") or profile.get("real_name") or user.get("name")),
        locale=as_text(user.get("locale")),
        utc_offset=_utc_offset(user.get("tz_offset")),
        time_zone=as_text(user.get("tz")),
        email="" if external else as_text(profile.get("email")),
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        external=external,
        deleted=bool(user.get("deleted")),
        bot=bool(user.get("is_bot")),
    )


def to_json(person: Person) -> str:
    """Return the form that Redis keeps."""
    return json.dumps(asdict(person))


def from_json(text: str | bytes) -> Person:
    """Read what `to_json` wrote, also in a later version, where it may hold more."""
    data = json.loads(text)
    return Person(**{each.name: data[each.name] for each in fields(Person) if each.name in data})


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
    blank = rf"[ \t{_COMMAS}]"
    # From the first of a run of blanks alone: from each, a long run takes a time that grows with its square.
    run = re.compile(rf"(?<!{blank})({blank}*){mention}((?:{blank}*{mention})*)({blank}*)")
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())

    def gap(match: re.Match[str]) -> str:
        begins, ends = match.span()
        if begins <= first or text[begins - 1] == "\n" or ends >= last or text[ends] in _ENDS:
            return ""
        return (match[1].strip() or match[3].strip()) + " "

    return run.sub(gap, text)


def _link(target: str, label: str) -> str:
    """Return what a link says: its target where the label is a shortened form of that, else the label."""
    target = target.removeprefix("mailto:").removeprefix("tel:")
    parts = _ELLIPSIS.split(label)
    if len(parts) > 1 and _has_in_order(target, parts):
        return target
    return label or target


def _has_in_order(text: str, parts: Iterable[str]) -> bool:
    """Whether a text has some parts one after the other; the first place of each leaves most for the rest."""
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True
