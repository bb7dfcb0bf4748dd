"""A build as a value: every file of the site, and all that was said, in this process or in a fresh one."""

import logging
import multiprocessing
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest.mock import patch

from jinja2 import Environment, FileSystemLoader
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.config_options import Hooks

from trackbook.mkdocs_plugin.build import build_site
from trackbook.mkdocs_plugin.config import load_config
from trackbook.publishing import publish_course
from trackbook.publishing.social import SocialCard
from trackbook.site import site
from trackbook.site.finish.policy import SERVED
from trackbook.site.pictures import social_cards
from trackbook.site.search import index as search
from trackbook.site.search.pagefind import ENTRY

FRESH = multiprocessing.get_context("forkserver")
"""Starts processes that have all modules, and nothing that a build left in them."""
FRESH.set_forkserver_preload(["tests.edits.preload"])
ADDRESS = "http://127.0.0.1:8000/course/"
"""Where a server is, in tests of what it answers."""
_UNSAID = ("Documentation built in", "Building documentation to directory", "Cleaning site directory", "Page skipped")
"""Where pages are that are there already, the host says that it skips them."""


@dataclass(frozen=True)
class Outcome:
    """What came of a build: a hash of each file of the site, what was said, and why there is no site."""

    files: Mapping[str, str]
    said: tuple[str, ...]
    failed: str = ""


def build(
    root: Path,
    environment: Mapping[str, str],
    *,
    strict: bool = True,
    quiet: bool = False,
    whole: bool = False,
    cache: bool = True,
    served: bool = False,
) -> Outcome:
    """Build the course as `trackbook build` does, or as `mkdocs build` when not `strict`; both into site/.

    When `quiet`, nothing is said but warnings. What is not `strict` is always built with the cache. Without `whole` it
    does without what takes long and looks at nothing but the result: Pagefind, cards, decks. `served`: the pages know
    nothing of what a server has not, which are the policy, cards and decks.
    """
    said: list[str] = []
    failed = ""
    Hooks._load_hook.cache_clear()  # the host keeps an author's code for as long as its process lives
    with (
        _listen(said, root, logging.WARNING if quiet else logging.INFO),
        patch.dict(os.environ, environment),
        _trim(whole=whole, served=served),
    ):
        try:
            build_site(root, cache=cache) if strict else _build_with_mkdocs(root)
        except Exception as error:  # of an author's own template or code, too
            failed = f"{type(error).__name__}: {error}".replace(str(root), "ROOT")
    return Outcome({} if failed else _read(root / "site"), tuple(said), failed)


class FreshBuild:
    """A build in a fresh process, while this one does something else."""

    def __init__(self, root: Path, environment: Mapping[str, str], **how: bool) -> None:
        self._answer, theirs = FRESH.Pipe(duplex=False)
        self._process = FRESH.Process(target=_send, args=(theirs, root, environment, how))
        self._process.start()
        theirs.close()

    def wait(self) -> Outcome:
        try:
            outcome: Outcome = self._answer.recv()
        except EOFError:
            raise RuntimeError("the fresh process died") from None
        finally:
            self._answer.close()
            self._process.join()
        return outcome


def _send(pipe: Connection, root: Path, environment: Mapping[str, str], how: Mapping[str, bool]) -> None:
    pipe.send(build(root, environment, **how))


def _build_with_mkdocs(root: Path) -> None:
    config = load_config(root)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build.build(config)
    finally:
        config.plugins.on_shutdown()


@contextmanager
def _trim(*, whole: bool, served: bool) -> Iterator[None]:
    def bundle(records: Iterable[tuple[str, str]]) -> dict[str, bytes]:
        return {ENTRY: repr(sorted(records)).encode()}

    def describe(card: SocialCard, **_: Any) -> bytes:
        return repr(card).encode()

    if whole:
        yield
        return
    with (
        patch.object(search, "index_records", bundle),
        patch.object(search, "read_version", lambda: "1"),
        patch.object(site, "plan_decks", lambda *_: {}),
        patch.object(social_cards, "draw_card", describe),
        patch.object(FileSystemLoader, "list_templates", _list_templates),
        patch.object(Environment, "compile", _compile),
        patch("gc.collect", lambda: 0),
        ExitStack() as stack,
    ):
        if served:
            stack.enter_context(patch.object(site, "POLICY", SERVED))
            stack.enter_context(patch.object(site, "draw_cards", lambda *_: ({}, {})))
            stack.enter_context(
                patch.object(
                    site, "publish_course", lambda *parts, **how: publish_course(*parts, **how | {"decks": False})
                )
            )
        yield


def _list_templates(loader: FileSystemLoader) -> list[str]:
    """As the loader does it, but what is installed is looked through once, and without Material's 14,000 icons."""
    names = [
        name for path in loader.searchpath for name in (_list_installed if "site-packages" in path else _walk)(path)
    ]
    return sorted(set(names))


_compile_anew = Environment.compile
_compiled: dict[tuple[str, str | None, str | None], Any] = {}


def _compile(environment: Environment, source: str, name: str | None = None, filename: str | None = None) -> Any:
    """As Jinja does it, once for each text in each place."""
    key = source, name, filename
    if key not in _compiled:
        _compiled[key] = _compile_anew(environment, source, name, filename)
    return _compiled[key]


@cache
def _list_installed(folder: str) -> list[str]:
    return [name for name in _walk(folder) if ".icons/" not in name]


def _walk(folder: str) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file()]


@contextmanager
def _listen(said: list[str], root: Path, least: int) -> Iterator[None]:
    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage().replace(str(root), "ROOT")
            if not message.startswith(_UNSAID):
                said.append(f"{record.levelname}: {message}")

    handler, logs = Handler(), [logging.getLogger(name) for name in ("mkdocs", "trackbook")]
    levels = [log.level for log in logs]
    logging.getLogger().addHandler(handler)
    try:
        for log in logs:
            log.setLevel(least)
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        for log, level in zip(logs, levels, strict=True):
            log.setLevel(level)


def _read(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): blake2b(path.read_bytes(), digest_size=12).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }
