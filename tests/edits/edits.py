"""What an author does to a course, a little at a time: each edit changes a tree by a source of chance of its own."""

import io
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import yaml
from PIL import Image
from tests.edits.tree import CONFIG, OUTLINE, Tree, write_tree

from trackbook.authoring.rename import rename_module
from trackbook.issue import CourseError
from trackbook.reading import read_course
from trackbook.site.theme import find_theme
from trackbook.widgets import load_widgets

Edit = Callable[[Tree, Random], object]
EDITS: dict[str, Edit] = {}
BREAKING: set[str] = set()
_WORDS = ("alpha", "beta", "gamma", "rays", "epsilon", "zeta", "function", "drift", "small", "<b>", "&", '"so"', "שלום")
_FRONT = re.compile(r"\A---\n(.*?)^---\n", re.M | re.S)


def edit(change: Edit) -> Edit:
    EDITS[change.__name__.replace("_", " ")] = change
    return change


def breaking(change: Edit) -> Edit:
    """An edit after which the course has errors."""
    BREAKING.add(change.__name__.replace("_", " "))
    return edit(change)


def _say(random: Random) -> str:
    return " ".join(random.choices(_WORDS, k=random.randint(2, 6)))


def _pick_page(tree: Tree, random: Random, *ends: str) -> str:
    """One of the pages; twice as often one that is not of docs/."""
    pages = tree.list(*(ends or (".md",)), under=("lessons/", "cheatsheets/"))
    return random.choice([*pages, *pages, *([] if ends else tree.list(".md", under=("docs/",)))])


def _insert(tree: Tree, path: str, block: str, random: Random) -> None:
    """A block between two others, somewhere after the heading."""
    text = tree.read(path)
    gaps = [found.start() for found in re.finditer(r"\n\n(?=[A-Za-z#!>])", text)][1:] or [len(text)]
    at = random.choice(gaps)
    tree.write(path, f"{text[:at]}\n\n{block}{text[at:]}")


def _replace(tree: Tree, path: str, pattern: str, new: str, random: Random) -> None:
    found = list(re.finditer(pattern, text := tree.read(path)))
    if found:
        start, end = random.choice(found).span()
        tree.write(path, text[:start] + new + text[end:])


def _change_yaml(tree: Tree, path: str, change: Callable[[Any], object]) -> None:
    """Change what an outline, or the front matter of a page, says."""
    text = tree.read(path)
    front = _FRONT.match(text)
    try:
        value = yaml.safe_load(front[1] if front else text if path.endswith(".yml") else "") or {}
        change(value)
    except (yaml.YAMLError, AttributeError, LookupError, TypeError):
        return  # it was broken before
    dumped = yaml.safe_dump(value, sort_keys=False, allow_unicode=True)
    tree.write(path, dumped if path.endswith(".yml") else f"---\n{dumped}---\n{text[front.end() if front else 0 :]}")


def _change_config(tree: Tree, key: str, value: str) -> None:
    """Another line, or none, for a key of mkdocs.yml: it is no plain YAML."""
    kept = [line for line in tree.read(CONFIG).splitlines() if not line.startswith(f"{key}:")]
    tree.write(CONFIG, "\n".join([*kept, f"{key}: {value}"] if value else kept) + "\n")


def _list_modules(outline: Any) -> list[tuple[list[Any], int]]:
    """Each module's place: the list that it stands in, and where."""
    return [
        (phase["modules"], index)
        for track in outline["tracks"]
        for phase in track.get("phases", ())
        for index in range(len(phase["modules"]))
    ]


# Text of pages.


@edit
def change_a_word(tree: Tree, random: Random) -> None:
    path = _pick_page(tree, random)
    _replace(tree, path, r"(?m)(?<=[ \n])[a-z]{3,}(?=[ .,])", random.choice(_WORDS), random)


@edit
def add_a_paragraph(tree: Tree, random: Random) -> None:
    _insert(tree, _pick_page(tree, random), f"{_say(random).capitalize()}.", random)


@edit
def add_a_heading(tree: Tree, random: Random) -> None:
    _insert(tree, _pick_page(tree, random), f"## {_say(random)}", random)


@edit
def change_a_heading(tree: Tree, random: Random) -> None:
    _replace(tree, _pick_page(tree, random), r"(?m)^##+ .*$", f"## {_say(random)}", random)


@edit
def add_a_link(tree: Tree, random: Random) -> None:
    path, to = _pick_page(tree, random), _pick_page(tree, random)
    way = "/".join([".."] * path.count("/") + [to]) + random.choice(("", "", "#why", "#words", "#nowhere"))
    title = random.choice(("", "", ' "promise: drift"', ' "promise: gamma-ray"'))
    _insert(tree, path, f"{_say(random)} [{random.choice(_WORDS[:9])}]({way}{title}).", random)


@edit
def add_something_rich(tree: Tree, random: Random) -> None:
    blocks = (
        f"$$\n\\sqrt{{x_{random.randrange(9)}}}\n$$",
        f"> [!WARNING]\n> {_say(random)}",
        f"```python\nprint({random.randrange(99)})\n```",
        f"| a | b |\n| :-: | --- |\n| {_say(random)} | $x$ |",
        f"Noted.[^{random.randrange(99)}]\n\n[^{random.randrange(99)}]: {_say(random)}",
        f"1. {_say(random)}\n2. `{_say(random)}`",
        '<div style="color: red" onclick="x()">Red.</div>',
        f"!!! note\n    {_say(random)}",
        "Big {.big}",
        "The HTML specification.\n\n*[HTML]: Hyper Text",
    )
    _insert(tree, _pick_page(tree, random), random.choice(blocks), random)


@edit
def change_a_widget(tree: Tree, random: Random) -> None:
    path, keys = _pick_page(tree, random, "practice.md"), "ask|answer|task|why|text|front|back|hint|result|do"
    found = list(re.finditer(rf"\b(?:{keys}): ([A-Z][\w ]+)(?=[.?,}}\n])", text := tree.read(path)))
    if found:
        start, end = random.choice(found).span(1)
        tree.write(path, f"{text[:start]}What {_say(random)}{text[end:]}")


@edit
def add_a_widget(tree: Tree, random: Random) -> None:
    name, path = f"w-{random.randrange(999)}", _pick_page(tree, random, "practice.md")
    found = re.search(r"practises: ([\w-]+)", tree.read(path))
    practises = found[1] if found else "say-it"
    block = (
        f"```predict\nid: {name}\npractises: {practises}\nask: What is {random.choice(_WORDS[:9])}?\nanswer: So.\n```"
    )
    tree.write(path, f"{tree.read(path)}\n{block}\n")


@edit
def change_a_widget_of_the_course(tree: Tree, random: Random) -> None:
    """What it shows, what it and its script say, its code, its style or its script."""
    word = random.choice(_WORDS[:9])
    path, pattern, new = random.choice(
        (
            ("fallback.html", "<p ", f'<p data-new="{word}" '),
            ("words/en.yml", r"(?<=: )(?=[A-Z])", f"{word} "),
            ("__init__.py", r"\Z", f"# {word}\n"),
            ("element.css", r"\Z", f".{word} {{ color: red; }}\n"),
            ("element.ts", r"\Z", f'console.log("{word}");\n'),
        )
    )
    _replace(tree, f"lessons/widgets/tokenizer/{path}", pattern, new, random)


@edit
def change_line_ends(tree: Tree, random: Random) -> None:
    path = _pick_page(tree, random)
    tree.files[path] = tree.files[path].replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


# What pages say of themselves.


@edit
def change_a_title(tree: Tree, random: Random) -> None:
    path, title = _pick_page(tree, random, "overview.md"), _say(random).capitalize()
    _change_yaml(tree, path, lambda front: front.update(title=title))
    _replace(tree, path, r"(?m)^# .*$", f"# {title}", random)


@edit
def change_an_overview(tree: Tree, random: Random) -> None:
    key, value = random.choice(
        (
            ("summary", _say(random)),
            ("difficulty", random.choice(("gentle", "standard", "demanding"))),
            ("math", random.choice(("none", "light", "full"))),
            ("practice_minutes", random.randint(1, 60)),
            ("source", {"title": _say(random), "url": "https://example.org/", "authors": ["A. B."]}),
        )
    )
    _change_yaml(tree, _pick_page(tree, random, "overview.md"), lambda front: front.update({key: value}))


@edit
def change_objectives(tree: Tree, random: Random) -> None:
    def change(front: Any) -> None:
        objectives = front["objectives"]
        if random.random() < 0.5:
            objectives[random.choice(list(objectives))] = _say(random)
        else:
            objectives[f"also-{random.randrange(9)}"] = _say(random)

    _change_yaml(tree, _pick_page(tree, random, "overview.md"), change)


@edit
def change_needs(tree: Tree, random: Random) -> None:
    needs = random.sample(
        ["counting", "alpha", "beta", "epsilon", "gamma-ray", "zeta-function"], k=random.randint(0, 2)
    )
    _change_yaml(tree, _pick_page(tree, random, "overview.md"), lambda front: front.update(needs=needs))


@edit
def change_deferrals(tree: Tree, random: Random) -> None:
    defers: object = random.choice(
        ([], {"to": "second", "concepts": ["gamma-ray"]}, {"to": "second", "concepts": ["zeta-function", "gamma-ray"]})
    )
    path = random.choice(tree.list("overview.md", under=("lessons/first/",)) or tree.list("overview.md"))
    _change_yaml(tree, path, lambda front: front.update(defers=defers))


@edit
def change_a_definition(tree: Tree, random: Random) -> None:
    def change(front: Any) -> None:
        teaches = front["teaches"]
        name = random.choice(list(teaches))
        more: dict[str, object] = {"name": _say(random)} if random.random() < 0.4 else {}
        more |= {"match": [random.choice(_WORDS[:9])]} if random.random() < 0.4 else {}
        teaches[name] = {"definition": f"{_say(random)}.", **more}

    _change_yaml(tree, _pick_page(tree, random, "lesson.md"), change)


@edit
def teach_something_new(tree: Tree, random: Random) -> None:
    name = random.choice(("small", "large", "first", "last"))
    _change_yaml(
        tree, _pick_page(tree, random, "lesson.md"), lambda front: front["teaches"].update({name: _say(random) + "."})
    )


@edit
def state_minutes(tree: Tree, random: Random) -> None:
    minutes = random.randint(1, 30)
    _change_yaml(tree, _pick_page(tree, random, "lesson.md"), lambda front: front.update(minutes=minutes))


@edit
def state_a_date(tree: Tree, random: Random) -> None:
    when = f"2026-0{random.randint(1, 9)}-1{random.randint(0, 9)}"
    path = _pick_page(tree, random)
    front = _FRONT.match(text := tree.read(path))
    lines = re.sub(r"(?m)^updated: .*\n", "", front[1]) if front else ""
    tree.write(path, f"---\n{lines}updated: {when}\n---\n{text[front.end() if front else 0 :]}")


@edit
def opt_out_of_a_check(tree: Tree, random: Random) -> None:
    code = random.choice(
        ("page-reads-the-same-everywhere", "promised-page-is-written", "link-lands", "lesson-is-short")
    )
    _change_yaml(tree, _pick_page(tree, random), lambda front: front.update(allow={code: "so"}))


# The outline.


@edit
def change_a_name_in_the_outline(tree: Tree, random: Random) -> None:
    def change(outline: Any) -> None:
        track = random.choice(outline["tracks"])
        phases = track.get("phases", [])
        place, key = random.choice(
            [(outline, "title"), (outline, "summary"), (track, "title"), (track, "summary")]
            + [(phase, "title") for phase in phases]
        )
        place[key] = _say(random)

    _change_yaml(tree, OUTLINE, change)


@edit
def swap_modules(tree: Tree, random: Random) -> None:
    def change(outline: Any) -> None:
        modules, at = random.choice([place for place in _list_modules(outline) if len(place[0]) > 1])
        modules[at], modules[at - 1] = modules[at - 1], modules[at]

    _change_yaml(tree, OUTLINE, change)


@edit
def move_to_another_phase(tree: Tree, random: Random) -> None:
    def change(outline: Any) -> None:
        track = random.choice([track for track in outline["tracks"] if track.get("phases")])
        old, new = random.choice(track["phases"]), random.choice(track["phases"])
        at = random.choice(range(len(old["modules"])))  # of an empty phase there is nothing to choose
        new["modules"].insert(0, old["modules"].pop(at))

    _change_yaml(tree, OUTLINE, change)


@edit
def add_a_phase(tree: Tree, random: Random) -> None:
    def change(outline: Any) -> None:
        track = random.choice(outline["tracks"][1:])
        last = track["phases"][-1]["modules"]
        track["phases"].append({"title": _say(random), "modules": [last.pop()]})

    _change_yaml(tree, OUTLINE, change)


@edit
def renumber_tracks(tree: Tree, random: Random) -> None:
    def change(outline: Any) -> None:
        for number, track in enumerate(outline["tracks"], random.randint(0, 3)):
            track["number"] = number

    _change_yaml(tree, OUTLINE, change)


@edit
def build_on_other_tracks(tree: Tree, random: Random) -> None:
    def change(outline: Any) -> None:
        random.choice(outline["tracks"][1:])["builds_on"] = random.sample(["zero", "first", "second"], k=2)

    _change_yaml(tree, OUTLINE, change)


@edit
def speak_another_language(tree: Tree, random: Random) -> None:
    language, direction = random.choice(("de", "en")), random.choice(("ltr", "rtl"))
    _change_yaml(tree, OUTLINE, lambda outline: outline.update(language=language, direction=direction))


@edit
def ask_for_sections(tree: Tree, random: Random) -> None:
    wanted = random.choice(({}, {"cheatsheet": ["Words"]}, {"overview": ["The big question"]}, {"lesson": ["Why"]}))
    _change_yaml(tree, OUTLINE, lambda outline: outline.update(sections=wanted))


@edit
def plan_a_module(tree: Tree, random: Random) -> None:
    """A module that was written is only planned, or another is planned."""

    def change(outline: Any) -> None:
        modules, at = random.choice(_list_modules(outline))
        entry = {"title": "Some day", "summary": _say(random), "planned": True, "teaches": {"some-day": "Later."}}
        if random.random() < 0.5 or not isinstance(modules[at], str):
            modules.append({"id": f"plan-{random.randrange(9)}", **entry})
        else:
            for path in tree.list("", under=(f"lessons/first/{modules[at]}/", f"cheatsheets/first/{modules[at]}.md")):
                del tree.files[path]
            modules[at] = {"id": modules[at], **entry}

    _change_yaml(tree, OUTLINE, change)


@edit
def write_what_is_planned(tree: Tree, random: Random) -> None:
    def change(outline: Any) -> None:
        planned = [place for place in _list_modules(outline) if isinstance(place[0][place[1]], dict)]
        modules, at = random.choice(planned)
        track = next(t["id"] for t in outline["tracks"] if any(p["modules"] is modules for p in t.get("phases", ())))
        _write_module(tree, track, modules[at]["id"], list(modules[at].get("teaches", {"new": "New."})))
        modules[at] = modules[at]["id"]

    _change_yaml(tree, OUTLINE, change)


def _write_module(tree: Tree, track: str, name: str, teaches: list[str]) -> None:
    title, front = name.capitalize(), dict.fromkeys(teaches, "As promised.")
    tree.write(
        f"lessons/{track}/{name}/overview.md",
        f"---\ntitle: {title}\nsummary: It is here.\nobjectives: {{know-it: Know it}}\n---\n\n"
        f"# {title}\n\n## The big question\n\nSo?\n",
    )
    tree.write(
        f"lessons/{track}/{name}/lesson.md",
        f"---\nteaches: {json.dumps(front)}\n---\n\n# {title}\n\nHere.\n\n## Why\n\nSo.\n",
    )
    quiz = "```predict\nid: p\npractises: know-it\nask: Is it?\nanswer: It is.\n```"
    tree.write(f"lessons/{track}/{name}/practice.md", f"# {title}\n\n{quiz}\n")
    tree.write(f"cheatsheets/{track}/{name}.md", f"# {title}\n\n## Words\n\nFew.\n")


# Files that come, go, and change their names.


@edit
def add_a_module(tree: Tree, random: Random) -> None:
    name = f"new-{random.randrange(20)}"

    def change(outline: Any) -> None:
        track = random.choice(outline["tracks"][1:])
        random.choice(track["phases"])["modules"].insert(random.randint(0, 1), name)
        _write_module(tree, track["id"], name, [f"concept-of-{name}"])

    _change_yaml(tree, OUTLINE, change)


@edit
def remove_a_module(tree: Tree, random: Random) -> None:
    def change(outline: Any) -> None:
        modules, at = random.choice(_list_modules(outline))
        name = modules.pop(at)
        for path in list(tree.files):
            if f"/{name}/" in path or path.endswith(f"/{name}.md"):
                del tree.files[path]

    _change_yaml(tree, OUTLINE, change)


@edit
def rename_a_module(tree: Tree, random: Random) -> None:
    _rename(tree, random, lambda track, _: f"{track}/other-{random.randrange(9)}")


@edit
def move_to_another_track(tree: Tree, random: Random) -> None:
    _rename(tree, random, lambda track, name: f"{'second' if track == 'first' else 'first'}/{name}")


def _rename(tree: Tree, random: Random, make: Callable[[str, str], str]) -> None:
    """As `trackbook rename` does it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_tree(Tree(tree.files), root)
        try:
            course = read_course(root, load_widgets(root))
            key = random.choice([module.key for module in course.modules if not module.planned])
            rename_module(root, course, key, make(*key.split("/")))
        except (CourseError, LookupError):
            return
        found = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        tree.files.clear()
        tree.files.update(found)


@edit
def name_a_former_module(tree: Tree, random: Random) -> None:
    former = f"first/was-{random.randrange(5)}"
    _change_yaml(tree, _pick_page(tree, random, "overview.md"), lambda front: front.update(was=[former]))


@edit
def remove_a_page(tree: Tree, random: Random) -> None:
    del tree.files[_pick_page(tree, random, "practice.md", "lesson.md", *tree.list(".md", under=("cheatsheets/",)))]


@edit
def change_docs(tree: Tree, random: Random) -> None:
    path = random.choice(("docs/about.md", f"docs/more/page-{random.randrange(3)}.md"))
    if path in tree.files and random.random() < 0.4:
        del tree.files[path]
    else:
        mark = random.choice(("<!-- tracks -->", "<!-- start -->", "[Home](/index.md)"))
        tree.write(path, f"---\ndescription: {random.randrange(9)}\n---\n\n# {_say(random)}\n\n{mark}\n\nText.\n")


@edit
def describe_a_page(tree: Tree, random: Random) -> None:
    """What a page says of itself alone: a line for its head, or a template of its own."""
    path = random.choice(tree.list(".md", under=("docs/",)))
    tree.write("overrides/other.html", '{% extends "main.html" %}{% block extrahead %}<!-- Other. -->{% endblock %}\n')
    key, value = random.choice((("description", _say(random)), ("template", "other.html"), ("template", "main.html")))
    _change_yaml(tree, path, lambda front: front.update({key: value}))


@edit
def swap_two_pages(tree: Tree, random: Random) -> None:
    one, other = _pick_page(tree, random, "practice.md"), _pick_page(tree, random, "practice.md")
    tree.files[one], tree.files[other] = tree.files[other], tree.files[one]


@edit
def take_back(tree: Tree, random: Random) -> None:
    """Everything, or one file, as it was before some edit."""
    past = random.choice(tree.past)
    if random.random() < 0.4:
        tree.files.clear()
        tree.files.update(past)
    else:
        changed = sorted(path for path in past if tree.files.get(path) != past[path])
        for path in changed[: random.randint(1, 3)]:
            tree.files[path] = past[path]


@edit
def commit(tree: Tree, _: Random) -> None:
    tree.commits += 1


# Pictures and data.


@edit
def change_a_drawing(tree: Tree, random: Random) -> None:
    for path in random.sample(drawings := tree.list(".svg"), k=min(1, len(drawings))):
        color = random.choice(("#fbede6", "#1f5fbf", "#123456"))
        box = random.choice(("20 20", "40 20", "7 7"))
        inside = random.choice(("<circle r='4'/>", "<script>1</script>", '<rect id="box" width="9" height="9"/>'))
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box}" fill="{color}">{inside}</svg>\n'
        tree.write(path, svg)


@edit
def change_a_picture(tree: Tree, random: Random) -> None:
    for path in tree.list(".png"):
        file = io.BytesIO()
        Image.new("RGB", (random.randint(1, 30), random.randint(1, 30)), random.choice(("red", "blue"))).save(
            file, "PNG"
        )
        tree.files[path] = file.getvalue()


@edit
def show_a_picture(tree: Tree, random: Random) -> None:
    path = _pick_page(tree, random)
    name, pictures = f"new-{random.randrange(3)}.svg", tree.list(".svg")
    if pictures:
        tree.files[f"{path.rpartition('/')[0]}/{name}"] = tree.files[random.choice(pictures)]
        _insert(tree, path, random.choice((f"![A drawing.]({name})", f"Words and ![a drawing]({name}).")), random)


@edit
def rename_a_picture(tree: Tree, random: Random) -> None:
    for path in random.sample(pictures := tree.list(".svg", ".png"), k=min(1, len(pictures))):
        old = path.rpartition("/")[2]
        new = f"p{random.randrange(9)}-{old}"
        tree.files[path.removesuffix(old) + new] = tree.files.pop(path)
        for page in tree.list(".md"):
            tree.write(page, tree.read(page).replace(f"{old})", f"{new})"))


@breaking
def remove_a_picture(tree: Tree, random: Random) -> None:
    for path in random.sample(pictures := tree.list(".svg", ".png"), k=min(1, len(pictures))):
        del tree.files[path]


@edit
def change_data(tree: Tree, random: Random) -> None:
    merges = random.choice(([[97, 108], [112, 104], [256, 257]], [[97, 108]], [[104, 97]]))
    data = {"size": 256 + len(merges), "snapshot": {"bytes": random.randrange(3000)}, "merges": merges}
    tree.write("lessons/data/tokens.json", json.dumps(data))


# The theme and the configuration.


@edit
def override_a_partial(tree: Tree, random: Random) -> None:
    name = random.choice(("footer", "footer", "footer", "toc", "nav", "header", "social", "nav-lesson"))
    path = f"overrides/partials/{name}.html"
    if path in tree.files and random.random() < 0.3:
        del tree.files[path]
    else:
        ours = (find_theme() / "partials" / f"{name}.html").read_text("utf-8")
        mark = random.choice(
            (
                "{{ page.url if page }} {{ page.content | length if page }}",
                "{{ config.site_name }}",
                "{% for other in nav.pages %}{{ other.title }}{% endfor %}",
                "{{ page.next_page.title if page }} {{ pages | length }}",
                '{% include "partials/note.css" ignore missing %}',
            )
        )
        tree.write(path, f"{ours}\n<p>{_WORDS[random.randrange(9)]} {mark}</p>\n")


@edit
def change_what_a_partial_takes_in(tree: Tree, random: Random) -> None:
    path = "overrides/partials/footer.html"
    if path not in tree.files or "note.css" not in tree.read(path):
        tree.write(path, '<footer>{% include "partials/note.css" ignore missing %}</footer>\n')
    tree.write("overrides/partials/note.css", random.choice((_say(random), "{{ config.site_name }}", "{{ nav }}")))


@edit
def override_a_page_template(tree: Tree, random: Random) -> None:
    name = random.choice(("main.html", "404.html"))
    if f"overrides/{name}" in tree.files and random.random() < 0.4:
        del tree.files[f"overrides/{name}"]
    else:
        ours = (find_theme() / name).read_text("utf-8")
        tree.write(f"overrides/{name}", ours.replace("{% endblock %}", f"<!-- {_say(random)} -->{{% endblock %}}", 1))


@edit
def override_a_sheet(tree: Tree, random: Random) -> None:
    """Material's own sheet, which goes into the site under the name of its content."""
    color = random.choice(("red", "blue"))
    tree.write("overrides/assets/stylesheets/main.0.min.css", f".md-typeset p {{ color: {color} }}\n")


@edit
def change_a_setting(tree: Tree, random: Random) -> None:
    key, values = random.choice(
        (
            ("site_description", ("One line", "Another", "")),
            ("site_author", ("Somebody", "")),
            ("copyright", ("Free", "CC BY", "")),
            ("extra", ("{edition: second}", "{edition: third}", "{edition: first, analytics: 1}")),
            ("repo_url", ("https://github.com/a/b", "")),
            ("edit_uri", ("https://example.org/edit/docs/", "")),
            ("nav", ("[index.md, {More: [{Elsewhere: 'https://example.org/'}, index.md]}]", "")),
            ("extra_css", ("[style.css]", "")),
            ("extra_javascript", ("[script.js]", "")),
            ("use_directory_urls", ("true", "")),
            ("validation", ("{anchors: warn}", "{anchors: ignore, omitted_files: info}", "{links: {not_found: info}}")),
            ("exclude_docs", ("more/", "")),
            ("dev_addr", ("127.0.0.1:8123", "")),
        )
    )
    tree.write("docs/style.css", f"p {{ margin: {random.randrange(3)}px }}\n")
    tree.write("docs/script.js", f"let x = {random.randrange(3)};\n")
    _change_config(tree, key, random.choice(values))


@edit
def change_an_extension(tree: Tree, random: Random) -> None:
    old, new = random.choice(
        (
            ("toc: {permalink: true}", "toc: {permalink: '#'}"),
            ("toc: {permalink: true}", "toc: {permalink: true, baselevel: 2}"),
            ("  - tables", "  - tables\n  - attr_list\n  - admonition"),
            ("  - tables", "  - tables\n  - abbr\n  - smarty"),
            ("pymdownx.highlight: {pygments_lang_class: true}", "pymdownx.highlight: {linenums: true}"),
            ("footnotes", "footnotes: {BACKLINK_TEXT: back}"),
            ("  - sane_lists\n", ""),
            ("  - trackbook.mathml\n", ""),
        )
    )
    text = tree.read(CONFIG)
    tree.write(
        CONFIG, text.replace(old, new) if new and new not in text else text.replace(new or old, old if new else "")
    )


@edit
def include_a_file(tree: Tree, random: Random) -> None:
    """An extension that reads a file of its own, which then changes."""
    tree.write("parts/part.md", f"{_say(random)}, *included*.\n\n*[HTML]: {_say(random)}\n")
    text = tree.read(CONFIG)
    if "pymdownx.snippets" not in text:
        tree.write(
            CONFIG,
            text.replace("  - tables\n", "  - tables\n  - pymdownx.snippets: {base_path: [!relative $config_dir]}\n"),
        )
        _insert(tree, _pick_page(tree, random), '--8<-- "parts/part.md"', random)


@edit
def hook_into_the_build(tree: Tree, random: Random) -> None:
    """An author's own code changes what becomes of pages."""
    event, arguments, text = random.choice(
        (
            ("on_page_markdown", "markdown, page, config, files", "markdown"),
            ("on_page_content", "html, page, config, files", "html"),
            ("on_post_page", "output, page, config", "output"),
        )
    )
    word = random.choice(("small", "large"))
    tree.write("hooks.py", f"def {event}({arguments}):\n    return {text}.replace('first', '{word}')\n")
    _change_config(tree, "hooks", random.choice(("[hooks.py]", "[hooks.py]", "")))


@edit
def change_the_address(tree: Tree, random: Random) -> None:
    tree.environment["SITE_URL"] = random.choice(("https://example.org/", "https://example.org/course/", ""))


# What goes wrong.


@breaking
def break_front_matter(tree: Tree, random: Random) -> None:
    _replace(tree, _pick_page(tree, random, "lesson.md", "overview.md"), r"\A---\n\w+:", "---\nteaches: [\nx:", random)


@breaking
def break_a_link(tree: Tree, random: Random) -> None:
    _insert(tree, _pick_page(tree, random), "A [link](nowhere.md), another [link](#nowhere).", random)


@breaking
def break_a_widget(tree: Tree, random: Random) -> None:
    _replace(tree, _pick_page(tree, random, "practice.md"), r"\nid: .*", random.choice(("", "\nid: [")), random)


@breaking
def break_the_outline(tree: Tree, random: Random) -> None:
    _replace(
        tree, OUTLINE, r"(?m)^    title: .*$", random.choice(("    title: [", "    titel: x", "    title:")), random
    )


@breaking
def break_a_template(tree: Tree, random: Random) -> None:
    tree.write("overrides/partials/footer.html", random.choice(("{% if %}", "{{ nothing.at.all }}")))


@breaking
def break_the_configuration(tree: Tree, random: Random) -> None:
    _change_config(tree, random.choice(("extra_css", "site_url", "nowhere")), random.choice(("[", "{a: 1}", "x y")))


@breaking
def write_what_is_no_text(tree: Tree, random: Random) -> None:
    tree.files[_pick_page(tree, random)] = b"\xff\xfe\x00"


@breaking
def cut_a_page_off(tree: Tree, random: Random) -> None:
    path = _pick_page(tree, random)
    tree.files[path] = tree.files[path][: random.randrange(len(tree.files[path]) + 1)]


@breaking
def teach_twice(tree: Tree, random: Random) -> None:
    _change_yaml(tree, _pick_page(tree, random, "lesson.md"), lambda front: front["teaches"].update(alpha="Again."))


@breaking
def show_no_picture(tree: Tree, random: Random) -> None:
    _insert(tree, _pick_page(tree, random), "![Nothing](nothing.png)", random)
