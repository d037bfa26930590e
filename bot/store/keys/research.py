"""Keys of research: the line in which it waits for a token, and where agent mode is switched off."""

from dataclasses import dataclass

from bot.store.keys.sign_in import Key, SignInKeys


@dataclass(frozen=True, slots=True)
class ResearchKeys(SignInKeys):
    """Names under one prefix."""

    @property
    def research_line(self) -> Key:
        """Sorted set: research that waits for a token, in fair order."""
        return self._key("research", "line")

    @property
    def research_line_turns(self) -> Key:
        """Hash: each asker's last turn in that line, as of the line of questions."""
        return self._key("research", "line", "turns")

    def research_line_own(self, asker: str) -> Key:
        """Sorted set: the research of a user that waits for a token, and some that does no more, in order."""
        return self._key("research", "line", "own", asker)

    @property
    def research_line_clock(self) -> Key:
        """Hash: the turn that was served last."""
        return self._key("research", "line", "clock")

    def research_waiting_by_person(self, asker: str) -> Key:
        """Sorted set: research of a user that waits for Genie, and some that does no more."""
        return self._key("research", "waiting", "person", asker)

    def research_waiting_in_channel(self, team: str, channel: str) -> Key:
        """Sorted set: research in a channel that waits for Genie, and some that does no more."""
        return self._key("research", "waiting", "channel", team, channel)

    def agent_mode_off(self, space: str) -> Key:
        """Text: there when Databricks said lately that agent mode is switched off for a space."""
        return self._key("research", "off", space)
