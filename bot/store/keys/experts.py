"""Keys of questions that experts look at, and of what they have confirmed."""

from dataclasses import dataclass

from bot.store.keys.sign_in import Key, SignInKeys

REVIEW_LIFETIME = 30 * 24 * 3600 * 1000
"""Of a question before the experts, after the last that was said about it."""
REVIEW_TAKEN_LIFETIME = 24 * 3600 * 1000
"""After which another expert may take what one has taken."""
CONFIRMED_LIFETIME = 180 * 24 * 3600 * 1000
"""After its last use."""


@dataclass(frozen=True, slots=True)
class ExpertKeys(SignInKeys):
    """Names under one prefix."""

    def review(self, question_id: str) -> Key:
        """Hash: a question before the experts: its words and SQL, who has taken it, what was said."""
        return self._key("question", question_id, "review")

    def confirmed(self, confirmed_id: str) -> Key:
        """Hash: a question of a space with the SQL that an expert confirmed; no rows."""
        return self._key("confirmed", confirmed_id)

    def confirmed_words(self, space: str) -> Key:
        """Hash: the confirmed questions of a space, as words that can be compared, by their ids."""
        return self._key("confirmed", "words", space)

    @property
    def confirmed_spaces(self) -> Key:
        """Set: the spaces with confirmed questions."""
        return self._key("confirmed", "spaces")
