"""Runs a few lines of TypeScript that use the modules of the browser code, with Node: for what needs no page."""

import json
import subprocess
from pathlib import Path
from typing import Any

from trackbook.browser import build_hook

BROWSER = Path(__file__).parents[1] / build_hook.BROWSER
ESBUILD = (
    *("node_modules/esbuild/bin/esbuild", "--bundle", "--platform=node", "--loader=ts", "--log-level=error"),
    "--alias:trackbook=./api.ts",
)


def run_typescript(source: str, data: object, timezone: str = "UTC") -> Any:
    """What `source` assigns to `output`; `input` is `data`. Imports are relative to the folder of the browser code."""
    begin = "const input: any = JSON.parse(require('node:fs').readFileSync(0, 'utf8')); let output: any;"
    whole = f"{begin}\n{source}\nprocess.stdout.write(JSON.stringify(output));"
    node = build_hook.node_command()
    built = subprocess.run([*node, *ESBUILD], input=whole, cwd=BROWSER, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    command = [*node, "--eval", built.stdout]
    ran = subprocess.run(
        command, input=json.dumps(data), capture_output=True, text=True, check=False, env={"TZ": timezone}
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)
