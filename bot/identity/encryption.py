"""Encryption of what Redis keeps of a sign-in: AES-GCM, bound to whom and what it is for.

A text that was changed, that belongs to another person, or whose key is gone does not decrypt.
https://cryptography.io/en/latest/hazmat/primitives/aead/
"""

import base64
import binascii
import json
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
"""As the algorithm has it; random, since one key never encrypts billions of texts."""


class NotDecrypted(Exception):  # noqa: N818 - named for what happened
    """The text is not ours: changed, of another person, or of a key that is gone."""


class Encryption:
    """Encrypts with the first of several keys, and decrypts with any of them."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """Each key has 32 bytes."""
        self._ciphers = [AESGCM(key) for key in keys]

    def encrypt(self, text: str, *bound_to: str) -> str:
        """Return a text that only `decrypt` with the same words behind it reads; another each time."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._ciphers[0].encrypt(nonce, text.encode(), _associated(bound_to))
        return base64.urlsafe_b64encode(nonce + sealed).decode()

    def decrypt(self, encrypted: str, *bound_to: str) -> str:
        """Return the text again, or raise NotDecrypted."""
        try:
            raw = base64.b64decode(encrypted, altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise NotDecrypted from None
        for cipher in self._ciphers:
            try:
                return cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _associated(bound_to)).decode()
            except (InvalidTag, ValueError):
                continue
        raise NotDecrypted


def _associated(bound_to: Sequence[str]) -> bytes:
    # As JSON, so that no two lists of words give the same bytes.
    return json.dumps(bound_to).encode()
