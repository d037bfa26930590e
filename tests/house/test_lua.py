"""Names in the scripts that Redis runs: each is one that Python has."""

import re
from importlib import import_module
from pkgutil import iter_modules

import pytest

from bot.records.job import Stage
from bot.records.progress import Placeholder, State
from bot.store import results, scripts
from bot.store.scripts.script import LUA
from render.expert.model import ReviewState

ENUMS = {
    enum.__name__: enum
    for enum in (
        Placeholder,
        Stage,
        State,
        ReviewState,
        results.Decided,
        results.EnqueueResult,
        results.FeedbackResult,
        results.Receipt,
        results.Resumed,
        results.Revised,
        results.Shared,
        results.SignInWait,
        results.SpaceChoice,
        results.Started,
        results.Then,
        results.WatchAdded,
        results.Withdrawn,
    )
}
FILES = sorted(LUA.rglob("*.lua"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_state_and_result_is_a_member_of_its_enum(path: object) -> None:
    """Lua names members as Python does, and never by their value: a renamed one cannot be forgotten."""
    text = re.sub(r"--.*", "", LUA.joinpath(str(path)).read_text())
    for name, member in re.findall(r"\b([A-Z][A-Za-z]+)\.([A-Z_]+)\b", text):
        assert member in ENUMS[name].__members__
    values = re.findall(r"(?:'(?:state|stage)',|(?:==|~=|return)) '([a-z][a-z ]*)'", text)
    assert values == [name for name in values if name in {"question", "conversation", "watch", "state"}]


def test_every_script_has_its_function() -> None:
    """A file in the folder is a function of the same name, and there are no others."""
    assert {path.stem for path in LUA.glob("*.lua")} == {
        name
        for module in iter_modules(scripts.__path__, f"{scripts.__name__}.")
        for name, thing in vars(import_module(module.name)).items()
        if hasattr(thing, "__wrapped__")
    }
