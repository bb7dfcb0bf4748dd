"""Scripts that stand in for files: a page that is a file may run them, though it may fetch nothing."""

import json
from base64 import b64encode


def locate_companion(path: str) -> str:
    """Where the script beside a file stands; `browser/companions.ts` looks for it there."""
    return f"{path}.js"


def write_companion(content: bytes) -> bytes:
    """The script that hands the content over: a text as it is, all else in Base64."""
    try:
        told = json.dumps(content.decode(), ensure_ascii=False)
    except UnicodeDecodeError:
        told = f'"{b64encode(content).decode()}",true'
    return f"trackbookFile({told});\n".encode()
