"""Slack's part for tests of signing in: profiles of people, and what one person alone was told."""

from typing import Any

from redis.asyncio import Redis

from bot.identity.sign_in_messages import SignInMessages
from bot.identity.sign_in_wait import SignInWaits
from bot.identity.sign_ins import SignIns
from bot.records.lease import Lease
from bot.slack.api import SlackUnreachable
from bot.slack.users import Person
from render.blockkit.reply import Reply
from tests.redis.queue_moves import KEYS

PUBLIC_URL = "https://genie.example.com"


class SlackSide:
    """Knows people's addresses, and keeps what was said to them alone."""

    def __init__(self, redis: "Redis", **emails: str) -> None:
        """Give people these addresses; others have one made of their id."""
        self.emails, self.away = emails, False
        self.told, self.directly, self.replaced = list[tuple[str, Reply]](), list[str](), list[str]()
        self.sign_ins = SignIns(redis, KEYS, PUBLIC_URL)
        slack: Any = self
        self.messages = SignInMessages(redis, KEYS, slack, self.sign_ins, slack)
        self.waits = SignInWaits(redis, KEYS, self.messages, slack)

    async def ask(self, _team: str, user: str) -> Person:
        """Say what Slack knows about a person."""
        return Person(user, email=self.emails.get(user, f"{user.lower()}@example.com"))

    async def tell(self, lease: Lease, reply: Reply, _mark: str) -> None:
        """Take words for one person alone."""
        if self.away:
            raise SlackUnreachable("away")
        self.told.append((lease.record.id, reply))

    async def tell_directly(self, lease: Lease, _reply: Reply, _mark: str) -> None:
        """Take words for somebody's direct messages."""
        self.directly.append(lease.record.id)

    async def replace(self, response_url: str, _text: str) -> bool:
        """Take what is put into the place of a message."""
        self.replaced.append(response_url)
        return True
