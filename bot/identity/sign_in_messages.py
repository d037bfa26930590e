"""What a person reads in Slack about signing in: a link of their own, and that it is done."""

import asyncio

from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.identity.sign_ins import SignIns
from bot.records.lease import Lease
from bot.slack.ephemeral import EphemeralReplies
from bot.slack.private_messages import PrivateMessages
from bot.slack.users import Person, Users
from bot.store.keys import Keys
from render import words
from render.blockkit.reply import Reply
from render.notices.sign_in import sign_in_reply

TOLD_SECONDS = 60
"""After a link was sent, in which the other questions of that person send none."""
MESSAGE_SECONDS = 29 * 60
"""For which Slack lets us change a message in which somebody clicked."""
MOST_MESSAGES = 5


class SignInMessages:
    """Makes links for people, sends them, and takes back what is done."""

    def __init__(
        self,
        redis: "Redis",
        keys: Keys,
        users: Users,
        sign_ins: SignIns,
        ephemeral_replies: EphemeralReplies,
    ) -> None:
        """Ask Slack for the address of a person anew for each link."""
        self._redis, self._keys, self._users = redis, keys, users
        self._sign_ins, self._ephemeral = sign_ins, ephemeral_replies

    async def link(self, user: SlackUser) -> str:
        """Return the address of a new link; empty for a person whose e-mail address Slack does not show."""
        return await self._link_for(user, await self._users.ask(user.team, user.id))

    async def link_of_known(self, user: SlackUser) -> str:
        """Return the same by what is remembered of a person.

        Whoever has another e-mail address since then is told so at the end of the sign-in.
        """
        return await self._link_for(user, await self._users.person(user.team, user.id))

    async def _link_for(self, user: SlackUser, person: Person) -> str:
        return await self._sign_ins.new_link(user, person.email) if may_sign_in(person) else ""

    async def send(self, lease: Lease, private: PrivateMessages) -> bool:
        """Send a link to the person of a question or a job; False for a person who can get none. SlackError.

        Of several that wait, the first sends one, and the others of the same minute none. Killed before it
        was sent, that one sends it again; where it cannot be sent, whichever asks next does.
        """
        told, record_id = self._keys.sign_in_told(lease.identity), lease.record.id
        first = await self._redis.set(told, record_id, nx=True, ex=TOLD_SECONDS)
        if not first and await self._redis.get(told) != record_id:
            return True
        sent = False
        try:
            if address := await self.link(lease.identity):
                reply = sign_in_reply(address, words.sign_in.QUESTION_WAITS)
                await private.tell(lease, reply, f"{record_id}.sign_in")
                sent = True
        finally:
            if not sent:
                await self._redis.delete(told)
        return sent

    async def new_link(self, user: SlackUser) -> Reply | None:
        """Return a message with a new link; None for a person who can get none. SlackError."""
        address = await self.link(user)
        return sign_in_reply(address) if address else None

    async def pressed(self, user: SlackUser, response_url: str) -> None:
        """Remember where the link stands that a person has pressed."""
        key = self._keys.sign_in_messages(user)
        async with self._redis.pipeline() as pipe:
            pipe.rpush(key, response_url)
            pipe.ltrim(key, -MOST_MESSAGES, -1)
            pipe.expire(key, MESSAGE_SECONDS)
            await pipe.execute()

    async def done(self, user: SlackUser) -> None:
        """Say in the place of the links that a person has pressed that it is done, where Slack allows it."""
        key = self._keys.sign_in_messages(user)
        async with self._redis.pipeline() as pipe:
            pipe.lrange(key, 0, -1)
            pipe.delete(key, self._keys.sign_in_told(user))
            addresses, _ = await pipe.execute()
        done = words.sign_in.BACK_SIGNED_IN
        await asyncio.gather(*(self._ephemeral.replace(address, done) for address in addresses))


def may_sign_in(person: Person) -> bool:
    """Tell whether it can be known who a person is in Databricks, and the account is still theirs."""
    return bool(person.email) and not (person.deleted or person.bot)
