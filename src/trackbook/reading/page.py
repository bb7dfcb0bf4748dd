"""One file to one page: front matter, Markdown, and the widgets' data in its fences."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from pydantic import BaseModel

from trackbook.cache.digest import fingerprint, hash_parts
from trackbook.language.timing import estimate_minutes
from trackbook.markdown import parse_markdown
from trackbook.model import (
    Allowance,
    DataFile,
    Element,
    Fence,
    Finding,
    Footnote,
    Formula,
    Item,
    Kind,
    Leftover,
    Link,
    Page,
    Passage,
    Slip,
    Source,
)
from trackbook.reading.cut_short import find_early_end
from trackbook.reading.data import NotedData
from trackbook.reading.declaring import Declared, declare
from trackbook.reading.files import Content, decode_text
from trackbook.reading.front_matter import (
    CODE,
    RESERVED,
    SHAPES,
    find_home_for_authors,
    find_reserved,
    is_for_authors,
    split_front_matter,
)
from trackbook.reading.pathological import find_pathological_line
from trackbook.reading.plain_texts import find_curved_quotes, find_marks
from trackbook.reading.shape import fit
from trackbook.reading.yaml import read_yaml

NO_FILES: Mapping[str, DataFile] = {}


class WidgetType(Protocol):
    """What reading asks of a widget: the model of its data, its items, and its texts that are Markdown.

    `digest` names a course's own; `locating_errors` surrounds its code. Of one whose code is not run, that is all.
    """

    @property
    def data(self) -> type[BaseModel]: ...
    @property
    def is_run(self) -> bool: ...
    @property
    def digest(self) -> str: ...
    @property
    def locating_errors(self) -> Callable[[], AbstractContextManager[None]]: ...
    @property
    def list_items(self) -> Callable[[Any], list[tuple[str, tuple[str, ...], tuple[int | str, ...]]]]: ...
    @property
    def list_texts(self) -> Callable[[Any], list[tuple[str, tuple[int | str, ...]]]]: ...


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page, whose links lead nowhere yet, what it declares of its module, and what is wrong with it.

    `answers` is what it got to know of the course's data.
    """

    page: Page
    declared: Declared
    findings: tuple[Finding, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)


def runs(widgets: Mapping[str, WidgetType]) -> bool:
    """Whether the code of the course's own widgets runs."""
    return all(widget.is_run for widget in widgets.values())


def name_page(content: Content, kind: Kind, widgets: Mapping[str, WidgetType]) -> str:
    """Names what a page is read from, but for the course's data."""
    own = {widget.digest for widget in widgets.values()}
    return hash_parts("page", fingerprint(), content.name, kind, content.digest, *sorted(own))


def read_page(
    content: Content, kind: Kind, widgets: Mapping[str, WidgetType], files: Mapping[str, DataFile]
) -> PageReading:
    path, data = content.name, NotedData(files)
    text, findings = decode_text(content)
    yaml, body, first_line, trouble = split_front_matter(text, path)
    findings += trouble
    if pathological := find_pathological_line(body):
        line, message, hint = pathological
        findings.append(Finding(Source(path, first_line + line), message, hint, "file-can-be-read"))
        body = ""
    document, trouble = read_yaml(yaml, path, first_line=2)
    findings += trouble
    if document.node is None and kind == "overview" and not findings:
        hint = "begin the file with `---`, then `title: …` and the rest, then `---`"
        findings.append(Finding(Source(path), "an overview begins with front matter; this one has none.", hint, CODE))
    findings += [*find_marks(document), *find_curved_quotes(document)]
    unread = (document.node is None and bool(findings)) or pathological is not None
    fitted = fit(SHAPES[kind], document, f"the front matter of this {kind} page", CODE)
    parsed = parse_markdown(body, path, first_line, with_prose=kind == "lesson")
    fences, trouble = _read_widgets(parsed.fences, widgets, data, body.split("\n"))
    findings += [*fitted.findings, *(find_reserved(document) if kind == "plain" else ()), *trouble]
    front = fitted.value or SHAPES[kind]()
    is_home = path == "docs/index.md"
    findings += find_home_for_authors(front, fitted.document) if is_home else ()
    title = next((heading.text for heading in parsed.headings if heading.level == 1), "")
    page = Page(
        path=path,
        kind=kind,
        text=body,
        first_line=first_line,
        title=title or str(getattr(front, "title", "")),
        words=parsed.words,
        headings=parsed.headings,
        links=parsed.links,
        fences=fences,
        formulas=parsed.formulas,
        tables=parsed.tables,
        passages=parsed.passages,
        definitions=parsed.definitions,
        elements=parsed.elements,
        leftovers=parsed.leftovers,
        footnotes=parsed.footnotes,
        slips=parsed.slips,
        prose=parsed.prose,
        allow={
            code: Allowance(reason, fitted.document.locate(("allow", code))) for code, reason in front.allow.items()
        },
        meta={name: value for name, value in (front.model_extra or {}).items() if name not in RESERVED},
        updated=front.updated.isoformat() if front.updated else "",
        unread=unread,
        for_authors=is_for_authors(front) and not is_home,
        digest=hash_parts(name_page(content, kind, widgets), *(part for pair in data.answers.items() for part in pair)),
    )
    page = replace(page, minutes=estimate_minutes(page))
    return PageReading(page, declare(front, fitted.document), tuple(findings), data.answers)


def _read_widgets(
    fences: Iterable[Fence], widgets: Mapping[str, WidgetType], files: Mapping[str, DataFile], lines: Sequence[str]
) -> tuple[tuple[Fence, ...], list[Finding]]:
    """The fences, of which those of widgets hold their data now."""
    read: list[Fence] = []
    findings: list[Finding] = []
    for fence in fences:
        if fence.language in widgets:
            with widgets[fence.language].locating_errors():
                fence, trouble = read_widget(fence, widgets[fence.language], files)
            if early := find_early_end(fence, lines, fits=not fence.unread):
                fence, trouble = replace(fence, data=None, items=(), unread=True), [early]
            findings += trouble
        read.append(fence)
    return tuple(read), findings


def read_widget(
    fence: Fence, widget: WidgetType, files: Mapping[str, DataFile] = NO_FILES
) -> tuple[Fence, list[Finding]]:
    """The fence with its data, the links in its texts, and its items; `files` are those that its data may name."""
    code = "widget-data-fits"
    path, first_line = fence.source.path, fence.source.line + bool(fence.text)
    if fence.nested:
        hint = "put the fence at the left margin, outside lists, quotes, admonitions and tabs"
        return replace(fence, unread=True), [
            Finding(fence.source, f"a {fence.language} widget stands inside another block.", hint, code)
        ]
    document, findings = read_yaml(fence.text, path, first_line)
    if any(finding.code != "value-is-whole" for finding in findings):
        return replace(fence, unread=True), findings
    fitted = fit(widget.data, document, f"this {fence.language}", code, {"page": path, "files": files})
    data = fitted.value
    if data is None or fitted.findings:
        return replace(fence, unread=True), [*findings, *fitted.findings]
    links: list[Link] = []
    formulas: list[Formula] = []
    passages: list[Passage] = []
    elements: list[Element] = []
    leftovers: list[Leftover] = []
    footnotes: list[Footnote] = []
    slips: list[Slip] = []
    markdown: set[str] = set()
    for text, keys in widget.list_texts(data):
        markdown.update(key for key in keys if isinstance(key, str))
        source = document.locate(keys)
        parsed = parse_markdown(text, path, source.line)
        links += [replace(link, source=source, span=None) for link in parsed.links]
        formulas += [replace(formula, source=source) for formula in parsed.formulas]
        passages += [passage._replace(line=source.line) for passage in parsed.passages]
        elements += [element._replace(line=source.line) for element in parsed.elements]
        leftovers += [leftover._replace(line=source.line) for leftover in parsed.leftovers]
        footnotes += [footnote._replace(line=source.line) for footnote in parsed.footnotes]
        slips += [slip._replace(line=source.line) for slip in parsed.slips]
    items = tuple(
        Item(
            item,
            practises,
            document.locate(keys),
            document.locate((*keys[:-1], "practises")),
            _list_former_ids(data, item, keys),
            document.span(keys[:-1]),
        )
        for item, practises, keys in widget.list_items(data)
    )
    return replace(
        fence,
        data=data,
        links=tuple(links),
        formulas=tuple(formulas),
        items=items,
        passages=tuple(passages),
        elements=tuple(elements),
        leftovers=tuple(leftovers),
        footnotes=tuple(footnotes),
        slips=tuple(slips),
    ), [*findings, *find_marks(document, markdown), *find_curved_quotes(document)]


def _list_former_ids(data: Any, item: str, keys: tuple[int | str, ...]) -> tuple[str, ...]:
    """What stands under `was:` beside the item's id; an item named after another, as `card-reverse`, was so before."""
    for key in keys[:-1]:
        data = data[key] if isinstance(key, int) else getattr(data, key)
    ending = item.removeprefix(data.id)
    return tuple(f"{former}{ending}" for former in getattr(data, "was", ()))
