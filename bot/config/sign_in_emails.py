"""SIGN_IN_EMAILS: which Databricks address may belong to which Slack address.

Only an admin may say that two addresses are one person: somebody who could choose the pair could sign in as
another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SignInEmails:
    """Who may sign in as whom: where nothing else is said, both addresses are the same."""

    differing: Mapping[str, str] = field(default_factory=dict)
    """From a Slack address to the Databricks address of that person, both in lower case."""

    def belong_together(self, slack: str, databricks: str) -> bool:
        """Tell whether the person with this Slack address may sign in to Databricks with that one."""
        slack, databricks = _plain(slack), _plain(databricks)
        return bool(slack) and self.differing.get(slack, slack) == databricks


def read(setting: object) -> object:
    """Read the setting: `same`, or the path of a file of pairs; ValueError with what is wrong."""
    if not isinstance(setting, str):
        return setting
    if setting == "same":
        return SignInEmails()
    try:
        text = Path(setting).expanduser().read_text(encoding="utf-8")
    except OSError as refused:
        raise ValueError(f"names a file that cannot be read ({refused.strerror})") from None
    except UnicodeDecodeError:
        raise ValueError("names a file that is not UTF-8 text") from None
    return parse(text)


def parse(text: str) -> SignInEmails:
    """Read pairs, one a line: the Slack address, white space or a comma, the Databricks address."""
    differing: dict[str, str] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        words = [_plain(word) for word in line.partition("#")[0].replace(",", " ").split()]
        if not words:
            continue
        if len(words) != 2 or not all(map(_is_address, words)):  # noqa: PLR2004 - a pair
            raise ValueError(f"names a file whose line {number} is not a Slack and a Databricks address")
        slack, databricks = words
        if slack in differing:
            raise ValueError(f"names a file whose line {number} has a Slack address for the second time")
        differing[slack] = databricks
    return SignInEmails(differing)


def _plain(address: str) -> str:
    # Beyond ASCII, letters that are different can have the same lower case: the Kelvin sign and k.
    address = address.strip()
    return address.lower() if address.isascii() else address


def _is_address(word: str) -> bool:
    name, _, host = word.partition("@")
    return bool(name) and bool(host) and "@" not in host
