"""Whom `python -m bot forget-me` takes for a person."""

import pytest

from bot.wiring.forget_command import parse
from render.words.operator import audit as words


@pytest.mark.parametrize("given", ["*", "U*", "U?", "[UW]1", "ada", "T1.U1", "U", "", "U1 ", "U1\n"])
def test_what_could_stand_for_several_is_no_person(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is deleted then, and the operator reads what an id looks like."""
    with pytest.raises(SystemExit) as ended:
        parse(["--user", given])
    assert ended.value.code == 2
    assert words.not_an_id(given) in capsys.readouterr().err


@pytest.mark.parametrize("given", ["U0123456789", "W0ADA00001"])
def test_an_id_is_a_person(given: str) -> None:
    """As Slack shows it in a profile."""
    assert callable(parse(["--user", given]))
