"""Keys of what is kept of sign-ins to Databricks, and what every key begins with."""

from dataclasses import dataclass

from bot.identity.model import SlackUser


class Key(str):
    """The name of a Redis key."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SignInKeys:
    """Names under one prefix."""

    prefix: str

    def _key(self, *parts: str) -> Key:
        return Key(":".join(("{" + self.prefix + "}", *parts)))

    def sign_in_link(self, digest: str) -> Key:
        """Text: JSON of the person for whom a link to sign in was made."""
        return self._key("sign_in", "link", digest)

    def sign_in_state(self, digest: str) -> Key:
        """Text: JSON of a sign-in that is on its way at Databricks."""
        return self._key("sign_in", "state", digest)

    def sign_in_confirmation(self, digest: str) -> Key:
        """Text: JSON of a sign-in that waits for its person to confirm it."""
        return self._key("sign_in", "confirmation", digest)

    def sign_in_told(self, user: SlackUser) -> Key:
        """Text: the question for which a person got a link within the last minute."""
        return self._key("sign_in", "told", user.team, user.id)

    def sign_in_messages(self, user: SlackUser) -> Key:
        """List: where the link that a person pressed stands in Slack."""
        return self._key("sign_in", "messages", user.team, user.id)

    def sign_in_waiting(self, user: SlackUser) -> Key:
        """Sorted set: questions and jobs that wait until a person has signed in, and some that do no more."""
        return self._key("sign_in", "waiting", user.team, user.id)

    def signed_out(self, user: SlackUser) -> Key:
        """Text: when a person signed out."""
        return self._key("sign_in", "out", user.team, user.id)

    def grant(self, user: SlackUser) -> Key:
        """Hash: what a person gave at the sign-in to Databricks, encrypted, and a random name of it."""
        return self._key("sign_in", "grant", user.team, user.id)

    def user_of_grant(self, key: str) -> SlackUser | None:
        """Return whose grant is kept under a key, if it is one of a grant."""
        begin, _, names = key.partition(self.grant(SlackUser("", "")).removesuffix(":"))
        team, _, user = names.partition(":")
        return SlackUser(team, user) if not begin and user and ":" not in user else None

    @property
    def accounts_looked_at(self) -> Key:
        """Text: there for a day after a look at the accounts of those who have signed in."""
        return self._key("sign_in", "looked_at")

    def grant_lock(self, user: SlackUser) -> Key:
        """Text: the process that renews a person's access at the moment."""
        return self._key("sign_in", "grant", user.team, user.id, "lock")
