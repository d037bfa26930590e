"""The types of settings: what a value must be like, and how it is cleaned.

A message of these is the middle of the sentence that stops the start.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from bot import addresses


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


Secret = Annotated[SecretStr, AfterValidator(_stripped)]
StoreAddress = Annotated[Secret, AfterValidator(_store_address)]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Level = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)]
