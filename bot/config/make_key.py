"""`python -m bot.config.make_key`: make a key for TOKEN_ENCRYPTION_KEYS and print it."""

import secrets

from bot.config.user_identity import KEY_BYTES


def make_key() -> str:
    """Return a new random key, as base64 without characters that a shell or a file would mind."""
    return secrets.token_urlsafe(KEY_BYTES)


if __name__ == "__main__":
    print(make_key())  # noqa: T201 - for the person at the terminal
