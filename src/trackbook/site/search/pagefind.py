"""Pagefind (https://pagefind.app), the program that indexes pages: records go in, the files of an index come out."""

import errno
import json
import os
import re
import subprocess
from base64 import b64encode
from binascii import a2b_base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import IO

import msgspec
from pagefind.service import get_executable

from trackbook.issue import CourseError

ENTRY = "pagefind-entry.json"
"""An index's list of contents: it changes with them."""
PROGRAM, WORKER = "pagefind.js", "pagefind-worker.js"
"""What browsers run to search it, and the same for a thread of its own."""
_EXPORT = re.compile(rb"\bexport\{([\w,]+)\};?\s*\Z")
_SURROGATE = re.compile("[\udc80-\udcff]")
"""Stands for a byte that is no UTF-8."""
_USED_UP = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN)
"""No fault of the program."""
_AT_ONCE = 2**20
_heavy = Lock()
"""Held while an index is put together, which takes four times the memory of reading its records."""


def read_version() -> str:
    """What the program says it is. Raises CourseError when it can't be run."""
    try:
        with _start("--version") as process:
            said = process.communicate()[0]
    except OSError as error:
        raise (error if error.errno in _USED_UP else _fail(str(error.strerror or error))) from None
    if process.returncode:
        raise _fail(f"it ended with code {process.returncode}")
    return said.decode("utf-8", "replace").strip()


def _start(option: str) -> "subprocess.Popen[bytes]":
    """The program, in its own folder: in that of a course it would follow a `pagefind.yml`.

    It ends at once where its environment holds what is no UTF-8, as the name of the folder one is in may be.
    """
    program, pipe = _find(), subprocess.PIPE
    environ = {name: value for name, value in os.environ.items() if not _SURROGATE.search(name + value)}
    return subprocess.Popen(
        [program, option], cwd=program.parent, env=environ, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
    )


class File(msgspec.Struct):
    """A file of an index; `content` comes in Base64."""

    path: str
    content: bytes


class Payload(msgspec.Struct):
    """What the program says; each kind of answer has some of it."""

    type: str
    index_id: int = 0
    files: list[File] = []
    message: str = ""


class _Said(msgspec.Struct):
    payload: Payload


_DECODER = msgspec.json.Decoder(_Said)


def index_records(records: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """The files of an index of the records, by path, without those for other interfaces and languages.

    A record is a path and HTML. Equal ones give equal bytes. Raises CourseError when Pagefind can't make an index.
    """
    with _asking() as ask:
        index = ask({"type": "NewIndex", "config": None}).index_id
        for path, html in records:
            ask({"type": "AddFile", "index_id": index, "file_path": path, "url": None, "file_contents": html})
        with _heavy:
            answer = ask({"type": "GetFiles", "index_id": index})
        files = {file.path: file.content for file in answer.files}
    try:
        kept = _list_languages(files[ENTRY]) | {ENTRY, PROGRAM, WORKER}
    except (LookupError, ValueError) as error:
        raise _fail(str(error)) from None
    return {name: files[name] for name in sorted(files) if name in kept or name.startswith(("fragment/", "index/"))}


def leave_out_program(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """An index without what a browser needs but once: the code, and the program of the language."""
    return {
        name: content
        for name, content in files.items()
        if name not in (PROGRAM, WORKER) and not name.startswith("wasm.")
    }


def make_plain(program: bytes) -> bytes:
    """The code for browsers as a plain script, whose functions are in a variable `pagefind`. Raises CourseError."""
    code, count = _EXPORT.subn(rb"globalThis.pagefind={\1};", program.replace(b"import.meta.url", b"place"))
    if count != 1 or b"import.meta" in code:
        raise _fail("its code is other than it was")
    return b"(()=>{const place=document.currentScript.src;" + code + b"})();\n"


class _Contents(msgspec.Struct):
    languages: dict[str, dict[str, object]]


def _list_languages(entry: bytes) -> set[str]:
    """The files at the top of an index that belong to the languages of its pages. Raises ValueError or LookupError."""
    languages = msgspec.json.decode(entry, type=_Contents).languages.values()
    metas = {f"pagefind.{language['hash']}.pf_meta" for language in languages}
    return metas | {f"wasm.{language.get('wasm') or 'unknown'}.pagefind" for language in languages}


_Ask = Callable[[Mapping[str, object]], Payload]


@contextmanager
def _asking() -> Iterator[_Ask]:
    """The program, which answers one question after another, and touches no file.

    Its package asks so too, but looks for each answer ten times a second only.
    """
    try:
        process = _start("--service")
    except OSError as error:
        raise (error if error.errno in _USED_UP else _fail(str(error.strerror or error))) from None
    assert process.stdin and process.stdout
    try:
        yield partial(_ask, process.stdin, process.stdout)
    finally:
        process.kill()
        process.communicate()


def _ask(questions: IO[bytes], answers: IO[bytes], question: Mapping[str, object]) -> Payload:
    """Each goes as JSON in Base64, and ends with a comma."""
    asked = b64encode(json.dumps({"message_id": 1, "payload": question}).encode())
    try:
        questions.write(asked + b",")
        questions.flush()
        answer = _read_answer(answers)
    except (BrokenPipeError, EOFError):
        raise _fail("it ended without an answer") from None
    except (OSError, ValueError) as error:
        raise _fail(str(error)) from None
    if answer.type == "Error":
        raise _fail(answer.message)
    return answer


def _read_answer(answers: IO[bytes]) -> Payload:
    said = bytearray()  # while it is heavy, so is the program: no copy is made
    while not said.endswith(b","):
        part = os.read(answers.fileno(), _AT_ONCE)
        if not part:
            raise EOFError
        said += part
    del said[-1:]
    text = a2b_base64(said)
    del said
    return _DECODER.decode(text).payload


def _find() -> Path:
    """The program. Raises CourseError where there is none but in the folder one is in."""
    found = get_executable()
    if found is None or not found.is_absolute():
        raise _fail("its program is missing")
    return found


def _fail(reason: str) -> CourseError:
    return CourseError(
        f"the site has no search: Pagefind could not index it ({reason})."
        " `pip install --force-reinstall pagefind-bin` brings its program back"
    )
