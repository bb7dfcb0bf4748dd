"""One state of a course as a site: its pages, and all other files, each made when someone asks for it."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from trackbook.cache.digest import fingerprint, hash_parts
from trackbook.cache.store import Store
from trackbook.checks import check_course
from trackbook.issue import CourseError, count_issues, format_text
from trackbook.model import Course
from trackbook.publishing import SiteSource, publish_course
from trackbook.publishing.addresses import locate_deck
from trackbook.reading import CourseReader
from trackbook.reading.dates import UNKNOWN, Commits, read_commits
from trackbook.site.files import File, SiteFiles, publish_file
from trackbook.site.finish.policy import POLICY, SERVED
from trackbook.site.host import Frame, Host
from trackbook.site.markdown import TextRenderer
from trackbook.site.material import recall_sheet
from trackbook.site.page import PageMaker
from trackbook.site.pictures.social_cards import draw_cards
from trackbook.site.root_files import list_root_files
from trackbook.site.templates import find_lost_templates
from trackbook.site.theme import find_theme, read_manifest
from trackbook.site.widget_assets import add_widgets
from trackbook.widgets import load_site_language, load_widgets

if TYPE_CHECKING:
    from trackbook.exporters.anki import Package

log = logging.getLogger("trackbook")


class Site:
    """The site of a course. `commits` tell when files were last changed, and what is new.

    A site that is served while its author writes has the policy for what plays alone (hosts write scripts into its
    pages), and does without what takes long: social cards and decks.
    """

    def __init__(self, host: Host, course: Course, store: Store, commits: Commits, *, serving: bool = False) -> None:
        self.host, self.store, self.language = host, store, load_site_language(course)
        source = self.source = publish_course(
            course, TextRenderer(host, store), host.url, decks=not serving, edits=commits.edits
        )
        self.dates = date_pages(source, commits.dates)
        sheet = recall_sheet(host.theme_dirs, store)
        theme = find_theme()
        manifest = read_manifest(theme)
        widgets, shown = add_widgets(course, manifest, theme, store)
        pictures, cards = (
            ({}, {}) if serving or not host.url else draw_cards(source.cards, source.course.title, host.url, store)
        )
        unused = {*manifest["scripts"]} - {*shown["scripts"]}
        self.slow: Mapping[str, File] = {} if serving else plan_decks(host, source, store)
        """Files that take long to make."""
        self.files = SiteFiles(
            lambda: {uri: publish_file(host.root / path) for uri, path in source.copies.items()},
            lambda: {path: file for path, file in host.theme_files.items() if path not in unused},
            lambda: {path: partial(bytes, content) for path, content in {**sheet, **pictures, **widgets}.items()},
            lambda: {uri: partial(source.texts.__getitem__, uri) for uri in source.texts},
            lambda: self.slow,
            partial(list_root_files, source, source.course.title, store, serving=serving),
        )
        extra = {
            **shown,
            "policy": SERVED if serving else POLICY,
            "unknown_date": UNKNOWN,
            "language": self.language.code,
            "locale": self.language.name_with_country(),
            "direction": course.direction,
            "summary": course.summary,
            "material": list(sheet),
            **({"cards": cards} if cards else {}),
            **source.nav,
        }
        self.pages = PageMaker(host, source, self.files, Frame(extra, self.language), self.dates, store=store)

    @property
    def state(self) -> str:
        """Names the site, so that two processes can tell whether they make the same; empty where that is not known."""
        host, source = self.host, self.source
        dates = repr(sorted(self.dates.items()))
        told = (
            host.digest,
            host.markdown_digest,
            source.course.digest,
            source.site,
            str(source.decks),
            repr(source.edits),
            dates,
        )
        return hash_parts("site", *told, self.pages.frame.digest) if source.course.digest else ""

    def render_template(self, name: str) -> bytes:
        """One of the host's templates, as it is published."""
        views = [self.pages.view(uri) for uri in self.source.pages] if name != "404.html" else []
        text = self.host.render_template(name, views, self.pages.frame)
        return (self.pages.finish(text, "").html if name.endswith(".html") else text).encode()


def open_site(host: Host, store: Store, *, strict: bool, serving: bool = False) -> Site:
    """The site of the course on disk, whose issues are logged. Raises CourseError when they are errors and `strict`."""
    course = CourseReader(host.root, load_widgets(host.root, run=host.trusted), store).read()
    lost = [*find_lost_templates(course, host)]
    issues = [*check_course(course, store), *(lost if host.trusted else ())]
    for issue in () if host.trusted else lost:
        log.warning("%s:%s: left out: a template of the course's own.", issue.source.path, issue.source.line)
    for issue in issues:
        log.log(logging.WARNING if issue.level == "error" else logging.DEBUG, "%s", format_text(issue))
    advice = [issue for issue in issues if issue.level == "advice"]
    if advice:
        log.info("%s; `trackbook check` shows it.", count_issues(advice).removeprefix("no errors, "))
    if strict and len(advice) < len(issues):
        raise CourseError(f"{count_issues(issues)}: the site was not built.")
    return Site(host, course.without_passages(), store, read_commits(host.root), serving=serving)


def plan_decks(host: Host, source: SiteSource, store: Store) -> Mapping[str, Callable[[], bytes]]:
    """What gives each track's cards as a file for Anki, from the `store` or made anew, by its uri."""
    from trackbook.exporters.anki import plan_packages  # it takes its time to load, and served sites have no decks

    packages = plan_packages(source.course, host.root, TextRenderer(host, mathml=False), source.site)
    settings = hash_parts(fingerprint(), host.markdown_digest)
    kept = store if host.markdown_digest else Store()
    return {locate_deck(track): partial(pack_deck, package, settings, kept) for track, package in packages.items()}


def pack_deck(package: "Package", settings: str, store: Store) -> bytes:
    """The deck as it was made with these settings before, else as it is made now."""
    return store.recall(hash_parts("deck", settings, package.name), package.pack)


def date_pages(source: SiteSource, commits: Mapping[str, str]) -> Mapping[str, str]:
    """A page's own `updated:`, else its source's last commit; what is generated is as new as the newest page."""
    pages = source.course.pages
    written = {uri: pages[path].updated or commits.get(path, UNKNOWN) for uri, path in source.sources.items()}
    newest = max(written.values(), default=UNKNOWN)
    return {uri: written.get(uri, newest) for uri in source.pages}
