"""Keys of questions whose Genie message others may share."""

from dataclasses import dataclass

from bot.store.keys.sign_in import Key, SignInKeys


@dataclass(frozen=True, slots=True)
class ReuseKeys(SignInKeys):
    """Names beside those of sign-ins."""

    def reuse(self, digest: str) -> Key:
        """Hash: the question that was sent to Genie last with the same words; by channel, too."""
        return self._key("reuse", digest)

    def reuse_line(self, digest: str) -> Key:
        """Set: questions in line with the same words, to be looked at as soon as one of them is sent."""
        return self._key("reuse_line", digest)
