"""What is installed, and by whom, is pinned: each package by its hash, each action by its commit."""

import hashlib
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PINS = ROOT / "scripts/constraints.txt"
LOCKS = ("src/trackbook/browser", "tests/browser/gates", "tests/browser/gates/lighthouse")
ENTRY = re.compile(
    r"# ([\w ]+)\n([\w.-]+)==([\w.]+)(?: ; [^\\\n]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)"
)
PERMISSIVE = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "ISC", "MIT", "MIT-CMU", "OFL-1.1"),
    *("PSF-2.0", "Python-2.0", "Unlicense", "Zlib", "Apache Software License", "BSD License", "MIT License"),
    *("ISC License (ISCL)", "Python Software Foundation License"),
}
OF_THEIR_OWN = {
    "certifi": "MPL-2.0: a list of certificates, a package of its own",
    "pathspec": "MPL-2.0: a package of its own",
    "frozendict": "LGPL-3.0: a package of its own, which genanki brings",
    "pyphen": "used under MPL 1.1",
    "elkjs": "EPL-2.0: bundled unchanged by mermaid",
    "khroma": "MIT, as its own file says; its package.json is silent",
}


def read_pins() -> dict[str, tuple[set[str], str]]:
    """The groups and the version of every pinned package."""
    found = ENTRY.findall(PINS.read_text("utf-8"))
    return {name: (set(groups.split()), version) for groups, name, version, _ in found}


def list_workflows() -> list[Path]:
    return sorted((ROOT / ".github/workflows").glob("*.yml"))


def list_workflow_texts() -> Iterator[tuple[str, str]]:
    """Our own workflows, those of the docs, and what we write for authors."""
    for path in list_workflows():
        yield path.name, path.read_text("utf-8")
    for path in sorted((ROOT / "docs").glob("*.md")):
        for number, block in enumerate(
            re.findall(r"^```yaml\n(.*?)^```", path.read_text("utf-8"), re.DOTALL | re.MULTILINE)
        ):
            if re.search(r"^jobs:", block, re.MULTILINE):
                yield f"{path.name}-{number}", block
    for path in sorted((ROOT / "src/trackbook/authoring").rglob("*")):
        if path.is_file() and "uses: " in (text := path.read_text("utf-8", errors="replace")):
            yield path.name, text


WORKFLOWS = dict(list_workflow_texts())


def test_every_pin_has_hashes_and_no_address() -> None:
    text = PINS.read_text("utf-8")
    head = text[: text.index("# ", text.index("scripts/install "))]
    assert ENTRY.sub("", text.removeprefix(head)) == ""
    assert len(ENTRY.findall(text)) > 100
    assert "://" not in text and "--index" not in text and "--find" not in text


def test_pins_fit_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = {"run": project["project"]["dependencies"], **project["project"]["optional-dependencies"]}
    pins = read_pins()
    for group, requirements in {**asked, **project["dependency-groups"]}.items():
        for requirement in map(Requirement, requirements):
            if requirement.name == "trackbook":
                continue
            groups, version = pins[canonicalize_name(requirement.name)]
            assert requirement.specifier.contains(version), f"{requirement}: run scripts/lock"
            assert group in groups, f"{requirement}: run scripts/lock"


def test_what_builds_the_package_is_pinned_as_asked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["build-system"]["requires"] == project["dependency-groups"]["build"]


@pytest.mark.parametrize("folder", LOCKS)
def test_every_npm_package_has_its_integrity_and_no_address(folder: str) -> None:
    lock = json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))
    for name, package in lock["packages"].items():
        assert "resolved" not in package, name
        assert name == "" or package["integrity"].startswith("sha512-"), name


def test_no_lock_file_is_forgotten() -> None:
    """By these tests, by the weekly question, and by Dependabot."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert {str(Path(path).parent) for path in listed if path.endswith("package-lock.json")} == set(LOCKS)
    updates = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text("utf-8"))["updates"]
    npm = next(update for update in updates if update["package-ecosystem"] == "npm")
    assert npm["directories"] == [f"/{folder}" for folder in LOCKS]
    assert all(folder in (ROOT / "scripts/supply").read_text("utf-8") for folder in LOCKS)
    assert {update["package-ecosystem"] for update in updates} == {"github-actions", "pip", "npm"}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_named_by_its_commit_and_version(name: str) -> None:
    used = re.findall(r"uses: (.*)", WORKFLOWS[name])
    assert used
    for action in used:
        assert re.fullmatch(r"[\w-]+(/[\w-]+)+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", action), action


def test_one_action_has_one_commit() -> None:
    used = {use for text in WORKFLOWS.values() for use in re.findall(r"uses: (\S+)", text)}
    assert len({use.split("@")[0] for use in used}) == len(used)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflows_may_do_no_more_than_read_but_where_a_job_says_so(name: str) -> None:
    workflow: Mapping[str, Any] = yaml.safe_load(WORKFLOWS[name])
    assert workflow["permissions"] in ({}, {"contents": "read"})
    for job in workflow["jobs"].values():
        checkouts = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
        assert all(step["with"]["persist-credentials"] is False for step in checkouts)
    if name.endswith(".yml"):
        assert all(
            "permissions" in job and "timeout-minutes" in job for job in workflow["jobs"].values() if job["steps"]
        )
        assert "pull_request_target" not in WORKFLOWS[name]


@pytest.mark.parametrize("folder", LOCKS[:1])
def test_npm_packages_in_our_scripts_are_permissive(folder: str) -> None:
    lock = json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))
    for path, package in lock["packages"].items():
        assert_permissive(path.rpartition("node_modules/")[2], package.get("license", ""))


def test_python_packages_that_we_import_are_permissive() -> None:
    shipped = [name for name, (groups, _) in read_pins().items() if {"run", "external"} & groups]
    assert len(shipped) > 50
    for name in shipped:
        try:
            about = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # of another system
        assert_permissive(name, read_license(about))


def read_license(about: importlib.metadata.PackageMetadata) -> str:
    """By expression, else as the last classifier says, else in words."""
    told = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License :: ")]
    said = [*about.get_all("License", []), *told, *about.get_all("License-Expression", [])]
    return str(said[-1]) if said else ""


def assert_permissive(name: str, license_told: str) -> None:
    if name in OF_THEIR_OWN:
        return
    ways = license_told.strip("()").split(" OR ")  # one will do
    assert any(set(way.split(" AND ")) <= PERMISSIVE for way in ways), f"{name}: {license_told!r}"


def test_what_was_tampered_with_is_not_installed(tmp_path: Path) -> None:
    wheel = make_wheel(tmp_path / "wheels")
    right = hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert install(tmp_path / "right", wheel.parent, right).returncode == 0
    assert (tmp_path / "right/here/tampered.py").is_file()
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("tampered_too.py", "print('a guest')")
    refused = install(tmp_path / "wrong", wheel.parent, right)
    assert refused.returncode != 0 and "DO NOT MATCH THE HASHES" in refused.stderr
    assert not (tmp_path / "wrong/here").exists()


def test_a_group_that_is_not_pinned_is_not_installed(tmp_path: Path) -> None:
    refused = install(tmp_path, tmp_path, "0" * 64, "unheard-of")
    assert refused.returncode == 1
    assert refused.stderr == "scripts/constraints.txt has nothing for: unheard-of\n"


def make_wheel(folder: Path) -> Path:
    folder.mkdir()
    path, about = folder / "tampered-1.0-py3-none-any.whl", "tampered-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tampered.py", "")
        archive.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: tampered\nVersion: 1.0\n")
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", "")
    return path


def install(repository: Path, wheels: Path, digest: str, group: str = "run") -> subprocess.CompletedProcess[str]:
    """Runs scripts/install in a repository that pins one package, without a network."""
    scripts = repository / "scripts"
    scripts.mkdir(parents=True)
    (scripts / "install").write_bytes((ROOT / "scripts/install").read_bytes())
    (scripts / "constraints.txt").write_text(f"# run\ntampered==1.0 \\\n    --hash=sha256:{digest}\n", "utf-8")
    settings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_TARGET": str(repository / "here")}
    environment = {**os.environ, **settings, "PIP_CONFIG_FILE": os.devnull}
    command = ["bash", str(scripts / "install"), sys.executable, group]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
