"""Files for platforms are what the platforms' schemas allow, and agree with each other and with the bot."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from databricks.bundles.apps import App, AppConfig

from bot.config.load import variables
from bot.config.settings import Settings
from tests.house.tree import PACKAGES, ROOT

KNOWN = {name for field in Settings.model_fields for name in variables(field)}
BUNDLE_FILE = (ROOT / "databricks.yml").read_text()
APP_FILE = (ROOT / "app.yaml").read_text()
KUBERNETES: list[dict[str, Any]] = list(yaml.safe_load_all((ROOT / "deploy/kubernetes.yaml").read_text()))
SECONDS_TO_END = 12
"""After SIGTERM, as docs/operating/process.md says."""
BUNDLE_KEYS = {"bundle", "variables", "sync", "resources", "targets"}
"""Of a bundle's configuration, those that we use: https://docs.databricks.com/dev-tools/bundles/reference"""


def switched_on(text: str) -> str:
    """Return a file with all that it offers behind a #."""
    return re.sub(r"^( *)# (?=- name: | +\w+:( |$))", r"\1", text, flags=re.MULTILINE)


def app_of(text: str) -> dict[str, Any]:
    """Return the App of a bundle's configuration."""
    return dict(yaml.safe_load(text)["resources"]["apps"]["genie_slack_bot"])


@pytest.mark.parametrize("text", [BUNDLE_FILE, switched_on(BUNDLE_FILE)], ids=["as it is", "all switched on"])
def test_the_bundle_is_what_databricks_takes(text: str) -> None:
    """Each field of the App and of its resources has a name and a value that Databricks' own schema has."""
    bundle = yaml.safe_load(text)
    assert set(bundle) == BUNDLE_KEYS
    app = app_of(text)
    assert App.from_dict(app).as_dict() == app
    assert app["name"] == bundle["bundle"]["name"]
    used = set(re.findall(r"\$\{var\.(\w+)\}", switched_on(text)))
    assert used == set(bundle["variables"])
    assert all("description" in each for each in bundle["variables"].values())


def test_all_of_the_bundle_can_be_switched_on() -> None:
    """What stands behind a # is found by these tests, and is no comment."""
    assert len(app_of(switched_on(BUNDLE_FILE))["resources"]) > len(app_of(BUNDLE_FILE)["resources"])
    assert "  # - " not in switched_on(BUNDLE_FILE) + switched_on(APP_FILE)


@pytest.mark.parametrize("change", [str, switched_on], ids=["as it is", "all switched on"])
def test_the_app_file_is_what_databricks_takes_and_has_its_resources(change: Any) -> None:
    """What it takes from a resource is one of the bundle, and has its # where the bundle's has one."""
    file = yaml.safe_load(change(APP_FILE))
    env = [
        {{"valueFrom": "value_from"}.get(key, key): value for key, value in each.items()}
        for each in file["env"]
    ]
    AppConfig.from_dict({"command": file["command"], "env": env})
    assert set(file) == {"command", "env"}
    assert {each["name"] for each in env} <= KNOWN
    taken = {each["value_from"] for each in env if "value_from" in each}
    rights_alone = {"sql-warehouse"}
    assert taken | rights_alone == {each["name"] for each in app_of(change(BUNDLE_FILE))["resources"]}


def test_the_app_carries_what_the_bot_needs() -> None:
    """No package of ours, nor the list of those to install, stays behind when the bundle is uploaded."""
    behind = {pattern.partition("/")[0] for pattern in yaml.safe_load(BUNDLE_FILE)["sync"]["exclude"]}
    assert all((ROOT / folder).is_dir() for folder in behind)
    assert behind.isdisjoint({*PACKAGES} - {"sandbox"})


def test_the_compose_file_is_what_compose_takes() -> None:
    """It keeps to the schema of the Compose specification."""
    check = ["check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(ROOT / "compose.yaml")]
    run = subprocess.run([sys.executable, "-m", *check], capture_output=True, text=True, check=False)  # noqa: S603
    assert run.returncode == 0, run.stdout


def test_the_container_can_do_no_more_than_it_must() -> None:
    """In Compose: nothing writable but volumes, no capability, a store that is there first, time to end."""
    bot = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["bot"]
    assert (bot["read_only"], bot["cap_drop"]) == (True, ["ALL"])
    assert bot["depends_on"]["valkey"]["condition"] == "service_healthy"
    assert int(bot["stop_grace_period"].removesuffix("s")) > SECONDS_TO_END
    assert set(bot["environment"]) <= KNOWN


def test_the_image_has_what_it_copies_and_nothing_else() -> None:
    """What the Dockerfile copies is let through: our packages, apart from the sandbox."""
    copied = set(re.findall(r"^COPY (?!--from)(\S+) ", (ROOT / "Dockerfile").read_text(), re.MULTILINE))
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert copied == {line[1:] for line in ignored if line.startswith("!")}
    assert copied == {*PACKAGES, "requirements.txt"} - {"sandbox"}
    assert "*" in ignored


@pytest.mark.parametrize("document", KUBERNETES, ids=lambda document: str(document["kind"]))
def test_the_example_is_what_kubernetes_takes(document: dict[str, Any]) -> None:
    """Each object keeps to the strict schema of the newest version that the validator knows."""
    kubernetes_validate.validate(document, kubernetes_validate.latest_version(), strict=True)


def test_the_example_runs_the_container_as_it_was_built() -> None:
    """Its user and port are the image's; pods, Secret and budget belong together; it has time to end."""
    secret, deployment, budget = KUBERNETES
    pod = deployment["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert (
        f"USER {pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}\n" in dockerfile
    )
    assert f"EXPOSE {container['ports'][0]['containerPort']}\n" in dockerfile
    mounted = {each["mountPath"] for each in container["volumeMounts"]}
    volumes = set(json.loads(re.findall(r"^VOLUME (.+)$", dockerfile, re.MULTILINE)[0]))
    assert mounted == volumes - {"/data"}  # which a bot with a REDIS_URL does without
    assert set(secret["stringData"]) <= KNOWN
    assert container["envFrom"] == [{"secretRef": {"name": secret["metadata"]["name"]}}]
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert (
        labels == deployment["spec"]["selector"]["matchLabels"] == budget["spec"]["selector"]["matchLabels"]
    )
    assert pod["terminationGracePeriodSeconds"] > SECONDS_TO_END
    probes = {
        name: container[f"{name}Probe"]["httpGet"]["path"] for name in ("startup", "liveness", "readiness")
    }
    assert probes == {"startup": "/healthz", "liveness": "/healthz", "readiness": "/readyz"}


def test_the_service_is_what_systemd_takes(tmp_path: Path) -> None:
    """Its unit is valid; SIGTERM goes to the bot alone, which has time to end."""
    unit = (ROOT / "deploy/genie-slack-bot.service").read_text()
    # A user of systemd's own has no home, and without one Slack's library cannot be imported.
    assert re.search(r"^Environment=.*\bHOME=/var/lib/genie-slack-bot$", unit, re.MULTILINE)
    assert "\nKillMode=mixed\n" in unit
    (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)
    assert int(seconds) > SECONDS_TO_END
    (command,) = re.findall(r"^ExecStart=(\S+) -m bot$", unit, re.MULTILINE)
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("no systemd")
    copy = tmp_path / "genie-slack-bot.service"
    copy.write_text(unit.replace(command, sys.executable))
    run = subprocess.run([verify, "verify", str(copy)], capture_output=True, text=True, check=False)  # noqa: S603
    assert (run.returncode, run.stderr) == (0, "")


def test_each_platform_starts_the_same_program() -> None:
    """The container, Heroku, Databricks Apps and the Makefile run `python -m bot`, and ask for one Python."""
    program = ["python", "-m", "bot"]
    assert yaml.safe_load(APP_FILE)["command"] == program
    assert f"\nweb: {' '.join(program)}\n" in (ROOT / "Procfile").read_text()
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert f"\nCMD {json.dumps(program)}\n" in dockerfile
    assert "-m bot\n" in (ROOT / "Makefile").read_text()
    assert f"python:{(ROOT / '.python-version').read_text().strip()}-slim" in dockerfile
