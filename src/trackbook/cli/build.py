"""`trackbook build` and `trackbook serve`: the site, once or at each save."""

import socket
import sys
from pathlib import Path

import click

from trackbook.cli.course import course_folder, saying_errors, show_log
from trackbook.issue import CourseError


@click.command()
@course_folder
@click.option(
    "--host",
    type=click.Choice(["mkdocs", "plain"]),
    default="mkdocs",
    show_default=True,
    help="What renders the pages: MkDocs with its plugins, or Python-Markdown and Trackbook's templates alone.",
)
@click.option("--relative", is_flag=True, help="Make pages that also open as files, from a folder or a USB stick.")
@click.option("--no-cache", is_flag=True, help="Make every page anew, and keep nothing for the next build.")
@saying_errors
def build(root: Path, *, host: str, relative: bool, no_cache: bool) -> None:
    """Make the site, in the folder that mkdocs.yml names (site/).

    The last site stays until the new one is whole: a failed or killed build changes nothing. What did not change since
    an earlier build is taken from .cache/trackbook/.
    """
    if host == "plain":
        from trackbook.plain_host import build_site
    else:
        from trackbook.mkdocs_plugin.build import build_site

    show_log()
    site = build_site(root, _show_progress if sys.stderr.isatty() else None, cache=not no_cache, relative=relative)
    name = site.relative_to(root) if site.is_relative_to(root) else site
    click.echo(f"Built {name}/: open {name}/index.html" if relative else f"Built {name}/")


@click.command()
@course_folder
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port. Else 8000, or the next free one.")
@click.option("--poll", is_flag=True, help="Look for changes every second: on network drives and in some containers.")
@saying_errors
def serve(root: Path, host: str, port: int | None, poll: bool) -> None:
    """Serve the site while you write: every save shows at once.

    Each page shows what is off on it. While a source can't be read, its page stays as it last was.
    """
    from trackbook.mkdocs_plugin.live import serve_site

    port = port or _find_port(host)
    show_log()
    announcement = f"Serving at http://{host}:{port}/ (Ctrl-C ends it)"
    serve_site(root, f"{host}:{port}", lambda: click.echo(announcement), poll=poll)


def _find_port(host: str) -> int:
    for port in range(8000, 8100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise CourseError(f"no port from 8000 to 8099 is free at {host}: name one with --port")


def _show_progress(done: int, pages: int) -> None:
    click.echo(f"\r{done} of {pages} pages", nl=done >= pages, err=True)
