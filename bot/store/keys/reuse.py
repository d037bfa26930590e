"""Keys of questions whose Genie message others may share."""

from dataclasses import dataclass

from bot.store.keys.sign_in import Key, SignInKeys


@dataclass(frozen=True, slots=True)
class ReuseKeys(SignInKeys):
    """Names beside those of sign-ins."""

    def reuse(self, digest: str) -> Key:
        """Hash: the question that was sent to Genie last with the same words; by channel, too."""
        return self._key("reuse", digest)
