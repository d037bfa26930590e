"""Documents cannot drift: what people copy from says what the code does."""

import re
from pathlib import Path

import pytest
import yaml

from bot.config.load import SettingsError, load, variables
from bot.config.settings import Settings
from handlers.commands.subcommands import SUBCOMMANDS

ROOT = Path(__file__).parents[2]
FIELDS = Settings.model_fields
KNOWN = {name for field in FIELDS for name in variables(field)}

PAGES_FOR_OPERATORS = [page.name for page in sorted((ROOT / "docs/operating").glob("*.md"))]
PAGE_FOR_DEVELOPERS = ROOT / "docs" / "developing.md"
PAGE_OF_SETTINGS = ROOT / "docs" / "operating" / "settings.md"
PAGE_FOR_ASKERS = ROOT / "docs" / "asking.md"

FROM_PLATFORM = {"databricks_app_name"}
"""Settings that no person sets."""


def default_of(field: str) -> str:
    """Return a setting's default as a document writes it, or nothing when there is no fixed one."""
    info = FIELDS[field]
    if info.is_required() or info.default_factory or info.default is None:
        return ""
    return f"{info.default:g}" if isinstance(info.default, float) else str(info.default)


def table() -> dict[frozenset[str], tuple[str, str]]:
    """Read the table of settings: the names of each row, with its default and its text."""
    text = PAGE_OF_SETTINGS.read_text()
    body = text.partition("<!-- settings -->")[2].partition("<!-- /settings -->")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in body.strip().splitlines()[2:]]
    return {frozenset(re.findall(r"`(\w+)`", names)): (default, text) for names, default, text in rows}


def example() -> dict[str, str]:
    """Read `.env.example`: each variable with the value that stands there, also behind a #."""
    text = (ROOT / ".env.example").read_text()
    return dict(re.findall(r"^(?:# )?([A-Z][A-Z_]+)=(.*)$", text, re.MULTILINE))


def test_the_page_of_settings_lists_exactly_those_of_the_code() -> None:
    """Each setting is one row with all its names, and each row is a setting."""
    assert set(table()) == {frozenset(variables(field)) for field in FIELDS}


@pytest.mark.parametrize("field", FIELDS)
def test_the_page_of_settings_tells_each_default(field: str) -> None:
    """The table says what holds when a setting is left out, and describes it."""
    default, text = table()[frozenset(variables(field))]
    assert ("required" in default) == FIELDS[field].is_required()
    assert text
    if expected := default_of(field):
        assert default.strip("`").lower() == expected.lower()


def test_the_example_file_has_every_setting_with_its_default() -> None:
    """Copying the example changes nothing but what is filled in."""
    found = example()
    assert set(found) <= KNOWN
    for field in set(FIELDS) - FROM_PLATFORM:
        (value,) = [found[name] for name in variables(field) if name in found]
        assert value.lower() == default_of(field).lower(), field


def test_the_example_file_is_read_and_asks_for_the_first_value() -> None:
    """An unfilled copy stops the start at the first thing to fill in."""
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN is not set"):
        load({}, env_file=ROOT / ".env.example")


def test_the_app_file_sets_only_what_the_bot_reads() -> None:
    """Each variable of `app.yaml` is a setting, and with Databricks' own they are all that is required."""
    app = yaml.safe_load((ROOT / "app.yaml").read_text())
    given = {entry["name"] for entry in app["env"]}
    assert given <= KNOWN
    injected = {"DATABRICKS_HOST", "DATABRICKS_APP_NAME", "DATABRICKS_CLIENT_ID", "DATABRICKS_CLIENT_SECRET"}
    values = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    settings = load({name: values.get(name, "invented") for name in given | injected}, env_file=None)
    assert settings.databricks_auth == "oauth-m2m"


def test_the_developers_page_names_files_that_are_there() -> None:
    """Each path on the page for developers leads to a file or a folder."""
    named = re.findall(
        r"`((?:bot|handlers|genie|render|sandbox|tests|bench|docs)/[\w./]+)", PAGE_FOR_DEVELOPERS.read_text()
    )
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_askers_page_has_each_subcommand() -> None:
    """What `/genie` understands is on the page for askers, and what is there is understood."""
    table = PAGE_FOR_ASKERS.read_text().partition("<!-- commands -->")[2].partition("<!-- /commands -->")[0]
    typed = {re.sub(r":? (…|finance|off)$", "", form) for form in re.findall(r"`/genie ([^…`][^`]*)`", table)}
    assert typed == {row.name for row in SUBCOMMANDS}


def test_the_askers_page_names_buttons_as_they_are() -> None:
    """Each name of a button or menu on the page for askers is a text that people see."""
    page = PAGE_FOR_ASKERS.read_text()
    below = page.partition("## Below an answer")[2].partition("## ")[0]
    named = re.findall(r"\*([A-Z][\w ]+)\*", "".join(re.findall(r"^\| (\*[^|]+)\|", below, re.MULTILINE)))
    texts = "".join(path.read_text() for path in (ROOT / "render" / "words").rglob("*.py"))
    assert named
    assert [name for name in named if f'"{name}"' not in texts] == []


def test_commits_and_hosted_ci_check_what_everybody_checks() -> None:
    """The hook before a commit is `make check`, and the hosted workflow runs `.ci/run`."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert [hook["entry"] for repo in hooks for hook in repo["hooks"]] == ["make check"]
    workflow = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text())
    assert workflow["jobs"]["check"]["steps"][-1]["run"] == "bash .ci/run"


def test_every_verb_is_explained() -> None:
    """`make` alone lists each verb that the Makefile has."""
    makefile = (ROOT / "Makefile").read_text()
    verbs = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)) - {"help"}
    assert verbs == set(re.findall(r'@echo "make ([a-z-]+)', makefile))


@pytest.mark.parametrize("page", PAGES_FOR_OPERATORS)
def test_a_guide_names_only_events_that_are_logged(page: str) -> None:
    """What the operator is told to look for is what the code writes."""
    named = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", (ROOT / "docs/operating" / page).read_text()))
    places = {name for name in named if name.endswith((".com", ".json", ".md", ".txt", ".yaml", ".yml"))}
    source = "".join(path.read_text() for part in ("bot", "handlers") for path in (ROOT / part).rglob("*.py"))
    assert [event for event in sorted(named - places) if f'"{event}"' not in source] == []
