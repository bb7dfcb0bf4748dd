"""`trackbook build` and `trackbook serve`: the site, once or at each save."""

import sys
from pathlib import Path

import click

from trackbook.cli.course import course_folder, saying_errors, show_log
from trackbook.cli.trust import tell_left_out, untrusted_option
from trackbook.issue import CourseError


@click.command()
@course_folder
@click.option(
    "--host",
    type=click.Choice(["mkdocs", "plain"]),
    show_default="mkdocs",
    help="What renders the pages: MkDocs with its plugins, or Python-Markdown and Trackbook's templates alone.",
)
@click.option("--relative", is_flag=True, help="Make pages that also open as files, from a folder or a USB stick.")
@click.option("--no-cache", is_flag=True, help="Make every page anew, and keep nothing for the next build.")
@untrusted_option
@saying_errors
def build(root: Path, *, host: str | None, relative: bool, no_cache: bool, untrusted: bool) -> None:
    """Make the site, in the folder that mkdocs.yml names (site/).

    The last site stays until the new one is whole: a failed or killed build changes nothing. What did not change since
    an earlier build is taken from .cache/trackbook/.
    """
    show_log()
    progress = _show_progress if sys.stderr.isatty() else None
    if untrusted and host == "mkdocs":
        raise CourseError("--untrusted builds without MkDocs, whose plugins and hooks run: leave out --host mkdocs")
    if untrusted or host == "plain":
        from trackbook.plain_host import build_site as build_plain

        tell_left_out(root, untrusted=untrusted)
        site = build_plain(root, progress, cache=not no_cache, relative=relative, trusted=not untrusted)
    else:
        from trackbook.mkdocs_plugin.build import build_site

        site = build_site(root, progress, cache=not no_cache, relative=relative)
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

    show_log()
    ports = [port] if port else range(8000, 8100)
    serve_site(root, host, ports, lambda address: click.echo(f"Serving at {address} (Ctrl-C ends it)"), poll=poll)


def _show_progress(done: int, pages: int) -> None:
    click.echo(f"\r{done} of {pages} pages", nl=done >= pages, err=True)
