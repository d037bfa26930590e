"""Whether each call to Databricks carried the token of the person on whose behalf it was made."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sandbox.databricks.api.request_log import Record

SIGN_IN = frozenset({"authorize", "token", "revoke", "me", "discovery"})
"""Calls by which people sign in, which carry no token yet or say themselves whose it is."""


@dataclass
class Journal:
    """Judges calls, in the order of their arrival: a conversation, and all in it, is theirs who began it."""

    asked: Mapping[str, Collection[str]]
    """By the words: who asked them. The bot may ask twice, as when a conversation was deleted meanwhile."""
    people: Collection[str]
    bot: str
    """The identity with which the bot looks whether the space is there."""
    _owners: dict[str, str] = field(default_factory=dict)

    def wrong(self, log: Sequence[Record]) -> list[str]:
        """Return the calls with another token than that of their person, each in words."""
        return [
            f"{each.kind} {each.method} {each.path} as {each.identity or 'nobody'}: {fault}"
            for each in log
            for fault in self._faults(each)
        ]

    def _faults(self, record: Record) -> Iterator[str]:
        if record.kind in SIGN_IN or (record.kind == "space" and record.identity == self.bot):
            return
        if record.kind == "storage":  # its links say who may
            if record.authorized:
                yield "a token went to the cloud's storage"
            return
        if record.identity not in self.people:
            yield "not a person's token"
        if record.kind == "question" and record.identity not in self.asked.get(record.content, ()):
            yield f"that person did not ask {record.content}"
        if record.kind == "serving" and not self._told(record):
            yield "that person asked nothing of the kind"
        if record.conversation_id:
            owner = self._owners.setdefault(record.conversation_id, record.identity)
            if owner != record.identity:
                yield f"the conversation is {owner}'s"

    def _told(self, record: Record) -> bool:
        """Whether a model was told about a question of the same person."""
        return any(f'{text}"' in record.content and record.identity in by for text, by in self.asked.items())
