"""What holds for any text that is encrypted for a person."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identity.encryption import Encryption, NotDecrypted

pytestmark = pytest.mark.property

OLD, NEW, GONE = b"o" * 32, b"n" * 32, b"g" * 32
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
bound = st.lists(words, min_size=1, max_size=5)


@given(words, bound)
def test_what_is_encrypted_decrypts_with_any_of_the_keys(text: str, to: list[str]) -> None:
    """Also after a new key has come before the one that encrypted it, and it never looks the same twice."""
    encrypted = Encryption([OLD]).encrypt(text, *to)
    assert Encryption([NEW, OLD]).decrypt(encrypted, *to) == text
    assert Encryption([OLD]).encrypt(text, *to) != encrypted
    with pytest.raises(NotDecrypted):
        Encryption([NEW, GONE]).decrypt(encrypted, *to)


@given(words, bound, bound)
def test_nothing_decrypts_for_another_person(text: str, to: list[str], other: list[str]) -> None:
    """However their words run together: a record that was moved is refused."""
    encrypted = Encryption([OLD]).encrypt(text, *to)
    for another in (other, [*to, ""], ["".join(to), *to[1:], "x"], to[:-1]):
        if another != to:
            with pytest.raises(NotDecrypted):
                Encryption([OLD]).decrypt(encrypted, *another)


@given(words, st.data())
def test_a_changed_text_does_not_decrypt(text: str, data: st.DataObject) -> None:
    """Each bit counts, and so does each byte that is missing or added."""
    raw = bytearray(base64.urlsafe_b64decode(Encryption([OLD]).encrypt(text, "T", "U")))
    place = data.draw(st.integers(0, len(raw) - 1))
    flipped = bytes([*raw[:place], raw[place] ^ 1 << data.draw(st.integers(0, 7)), *raw[place + 1 :]])
    for forged in (flipped, bytes(raw[:place]), bytes(raw) + b"x"):
        with pytest.raises(NotDecrypted):
            Encryption([OLD]).decrypt(base64.urlsafe_b64encode(forged).decode(), "T", "U")


@given(words)
def test_whatever_redis_holds_is_decrypted_or_refused(text: str) -> None:
    """No text of anybody raises anything else."""
    with pytest.raises(NotDecrypted):
        Encryption([OLD]).decrypt(text, "T", "U")
