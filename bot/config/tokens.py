"""Secrets in settings: made exact, and seen to be of their kind.

Each function raises ValueError with what is wrong, as the rest of a sentence that begins with the name of the
variable, and never with the value.
"""

from pydantic import AfterValidator, SecretStr


def stripped(secret: SecretStr) -> SecretStr:
    """Take white space away that came along; refuse what no header can carry."""
    text = secret.get_secret_value().strip()
    if not text.isascii() or not text.isprintable():
        raise ValueError("holds characters that no token has")
    return SecretStr(text)


def begins(prefix: str) -> AfterValidator:
    """Demand a beginning, such as that of a kind of token."""

    def beginning(secret: SecretStr) -> SecretStr:
        if secret.get_secret_value().startswith(prefix):
            return secret
        raise ValueError(f"does not start with {prefix}")

    return AfterValidator(beginning)
