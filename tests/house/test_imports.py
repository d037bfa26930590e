"""Who may import whom, and what."""

import subprocess
import sys
from fnmatch import fnmatch
from graphlib import TopologicalSorter

from tests.house.tree import PACKAGES, ROOT, Module, modules

LAYERS = (
    ("sandbox.faults", "sandbox.slack.errors", "sandbox.databricks.errors", "sandbox.databricks.identities"),
    ("sandbox.slack.blocks", "sandbox.databricks.warehouse"),
    ("sandbox.slack.state", "sandbox.slack.transport", "sandbox.databricks.language"),
    ("sandbox.slack.platform", "sandbox.databricks.genie", "sandbox.databricks.oauth"),
    ("sandbox.databricks.agent_mode",),
    ("sandbox.slack.operations", "sandbox.databricks.api"),
    ("sandbox.slack.methods", "sandbox.slack.page"),
    ("sandbox.slack.web_api",),
    ("sandbox.slack.server", "sandbox.databricks.server"),
    ("sandbox.slack", "sandbox.databricks"),
    ("sandbox",),
    ("genie.errors", "genie.model", "genie.polling"),
    ("genie.agent_model",),
    ("genie.protocol",),
    ("genie.http",),
    ("genie.calls",),
    ("genie.client", "genie"),
    ("render.text",),
    ("render.words",),
    ("render.sql",),
    ("render.columns",),
    ("render.chart", "render.stats"),
    ("render.blockkit",),
    ("render.figure", "render.files", "render.notices", "render.pages", "render.expert", "render.watch"),
    ("render.digest", "render.home"),
    ("render.answer",),
    ("render.explain", "render.insights", "render"),
    ("bot.identity.model", "bot.spaces"),
    ("bot.observability", "bot.records.question", "bot.config"),
    ("bot.records.research", "bot.records.same_words"),
    ("bot.records.progress", "bot.records.watch", "bot.records.review"),
    ("bot.records.job",),
    ("bot.records.lease",),
    ("bot.records.audit", "bot.records.old_records"),
    ("bot.store",),
    ("bot.failures", "bot.offload", "bot.slack"),
    ("bot.identity",),
    ("bot.replies", "bot.startup", "bot.server"),
    ("bot.home", "bot.doctor"),
    ("bot.steps", "bot.jobs"),
    ("bot.worker",),
    ("bot.wiring",),
    ("handlers.payloads", "handlers.services"),
    ("handlers.ephemeral", "handlers.cancel", "handlers.written", "handlers.owners"),
    ("handlers.actions", "handlers.events", "handlers.middleware"),
    ("handlers.commands", "handlers.shortcuts"),
    ("handlers",),
    ("bot.wiring.app",),
    ("bot.__main__", "bot"),
)
"""Packages and single modules, lowest first: a package imports from itself and from lower layers."""

OURS = {module.name: module for module in modules(*PACKAGES)}

RATIONED = {
    "aiohttp": (
        *("genie.http.auth", "genie.http.user_oauth", "genie.http.read_reply", "genie.http.transport"),
        "genie.http.stream",
        *("genie.calls.download", "genie.client"),
        *("bot.slack.*", "bot.server.*", "bot.startup.*", "bot.doctor.*", "sandbox.*"),
    ),
    "cryptography": ("bot.identity.encryption",),
    "databricks": ("genie.http.auth_sdk",),
    "dotenv": (),
    "duckdb": ("sandbox.databricks.*",),
    "markdown_it": ("render.text.markdown", "render.text.markdown_parser"),
    "matplotlib": ("render.figure.*", "sandbox.databricks.*"),
    "oauthlib": ("genie.http.user_oauth",),
    "pandas": (),  # bench measures our CSV beside its own
    "platformdirs": ("bot.config.paths",),
    "prometheus_client": ("bot.observability.metrics",),
    "pydantic": ("bot.config.settings", "bot.config.load", "bot.config.tokens"),
    "pydantic_core": ("bot.config.load",),
    "pydantic_settings": ("bot.config.settings",),
    "redis": (
        "bot.store.*",
        "bot.slack.*",
        "bot.home.tab",
        "bot.identity.*",
        "bot.worker",
        "bot.startup.*",
        "bot.doctor.*",
        "bot.server.sign_in_pages",
    ),
    "slack_bolt": ("handlers", "handlers.*", "bot.server.*", "bot.wiring.app"),
    "slack_sdk": (
        "bot.slack.*",
        "bot.startup.*",
        "bot.doctor.surroundings",
        "bot.home.tab",
        "bot.replies.explain_modal",
        "bot.replies.watching.form",
    ),
    "sqlglot": ("render.sql.*", "sandbox.databricks.*"),
    "stamina": (
        "genie.http.transport",
        "bot.slack.api",
        "bot.jobs.export.download",
        "bot.observability.logs",
    ),
    "structlog": ("bot.observability.logs", "bot.worker"),
    "tabulate": ("render.answer.text_table",),
    "wcwidth": (
        "render.answer.text_table",
        "render.chart.bars",
        "render.chart.heat_map",
        "render.text.limits",
        "render.text.markdown",
    ),
    "xlsxwriter": ("render.files.xlsx_file",),
    "yarl": ("genie.calls.download", "genie.http.transport"),
}
"""Where each package of others may be used: one that is not here is used nowhere."""

IN_ORDER = """
import importlib, sys, types
ours, names = sys.argv[1].split(), sys.argv[2].split()
for package in {name.rpartition(".")[0] for name in names} - {""}:
    sys.modules[package] = types.ModuleType(package)
    sys.modules[package].__path__ = [package.replace(".", "/")]
for name in names:
    sys.modules.pop(name, None)
    before = set(sys.modules)
    importlib.import_module(name)
    more = {new for new in sys.modules.keys() - before - {name} if new.partition(".")[0] in ours}
    assert not more, f"{name} brings {more}, of which its source does not tell"
"""
"""Imports each module after those that it imports, with empty packages around it until it is their turn."""


def layer(name: str) -> tuple[int, str]:
    """Return the layer of one of our modules, the lowest as 0, and the entry of `LAYERS` that holds it."""
    held = [
        (number, entry)
        for number, entries in enumerate(LAYERS)
        for entry in entries
        if name == entry or name.startswith(f"{entry}.")
    ]
    return max(held, key=lambda found: len(found[1]))


def own(module: Module) -> set[str]:
    """Return those of our modules that a module imports, apart from packages that only hold them."""
    found = {name for name in module.imports if name in OURS}
    return {name for name in found if OURS[name].path.name != "__init__.py" or OURS[name].imports} - {
        module.name
    }


USED = [
    (name, package)
    for name, module in OURS.items()
    for package in {imported.partition(".")[0] for imported in module.imports}
    if package not in sys.stdlib_module_names and package not in PACKAGES
]
"""Which module uses which package of others."""


def allowed(name: str, package: str) -> bool:
    """Tell whether a module may use a package of others."""
    return any(fnmatch(name, place) for place in RATIONED.get(package, ()))


def test_imports_point_down() -> None:
    """A package imports from itself and from lower layers, and never from the sandbox."""
    imports = [(name, other) for name, module in OURS.items() for other in own(module)]
    into_sandbox = [pair for pair in imports if pair[1].startswith("sandbox")]
    assert [(name, other) for name, other in into_sandbox if not name.startswith("sandbox")] == []
    assert [(name, other) for name, other in imports if not points_down(name, other)] == []


def points_down(name: str, other: str) -> bool:
    """Tell whether a module may import another one."""
    (above, importing), (below, imported) = layer(name), layer(other)
    return below < above or imported == importing


def test_the_sandbox_knows_nothing_of_the_bot() -> None:
    """The sandbox is another world: they share what Slack and Databricks publish, and nothing else."""
    sandbox = [module for module in OURS.values() if module.name.startswith("sandbox")]
    assert {other for module in sandbox for other in own(module) if not other.startswith("sandbox")} == set()


def order() -> list[str]:
    """Return our modules, each after those that it imports; CycleError when there is no such order."""
    graph = {
        name: {other for other in own(module) if not name.startswith(f"{other}.")}
        for name, module in OURS.items()
    }
    return list(TopologicalSorter(graph).static_order())


def test_each_module_imports_alone() -> None:
    """No modules import each other, and none depends on another having been imported before it."""
    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", IN_ORDER, " ".join(PACKAGES), " ".join(order())],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


def test_packages_of_others_are_rationed() -> None:
    """A package of others is known only where its work is done."""
    assert [(name, package) for name, package in USED if not allowed(name, package)] == []


def test_no_ration_is_left_over() -> None:
    """Each place that may use a package does so, and the table shrinks with the code."""
    rations = [(place, package) for package, places in RATIONED.items() for place in places]
    unused = [
        (place, package)
        for place, package in rations
        if not any(fnmatch(name, place) for name, used in USED if used == package)
    ]
    assert unused == []


def test_the_bot_starts_without_what_only_charts_and_other_sign_ins_need() -> None:
    """Importing the whole bot loads neither matplotlib nor Databricks' SDK nor any SQL engine or parser."""
    heavy = {"matplotlib", "numpy", "pandas", "databricks", "duckdb", "sqlglot", "xlsxwriter"}
    heavy |= {"prometheus_client"}
    program = f"import sys, bot.wiring.app, handlers; print(*{heavy} & set(sys.modules))"
    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == ""


def test_modules_to_load_late_exist_and_are_not_loaded_before() -> None:
    """The start waits for none of them, and the first answer finds them loaded."""
    program = (
        "import sys, handlers; from bot.wiring import app; names = set(app.LATE_IMPORTS);"
        "print(*names & set(sys.modules));"
        "import importlib; [importlib.import_module(name) for name in names]"
    )
    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == ""
