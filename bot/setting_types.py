"""The types of settings: what a value must be like, and how it is cleaned.

A message of these is the middle of the sentence that stops the start.
"""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from bot import addresses

STARTERS, STARTER_LENGTH = 5, 75
"""What a message shows as buttons, and what one of them shows whole."""


def _stripped(secret: SecretStr) -> SecretStr:
    return SecretStr(secret.get_secret_value().strip())


def _store_address(secret: SecretStr) -> SecretStr:
    return SecretStr(addresses.store_url(secret.get_secret_value()))


def begins(prefix: str) -> AfterValidator:
    """Demand a beginning, such as that of a kind of token."""

    def beginning(secret: SecretStr) -> SecretStr:
        if secret.get_secret_value().startswith(prefix):
            return secret
        raise ValueError(f"does not start with {prefix}")

    return AfterValidator(beginning)


def _starters(text: object) -> object:
    if not isinstance(text, str):
        return text
    starters = tuple(" ".join(each.split()) for each in re.split(r"[|\n]", text))
    return tuple(each for each in starters if each)


def _few_and_short(starters: tuple[str, ...]) -> tuple[str, ...]:
    if len(starters) > STARTERS or any(len(each) > STARTER_LENGTH for each in starters):
        raise ValueError(
            f"has more than {STARTERS} questions, or one of more than {STARTER_LENGTH} characters"
        )
    return starters


Starters = Annotated[tuple[str, ...], BeforeValidator(_starters), AfterValidator(_few_and_short)]
Secret = Annotated[SecretStr, AfterValidator(_stripped)]
StoreAddress = Annotated[Secret, AfterValidator(_store_address)]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Level = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)]
