"""Ways to make a course wrong: each changes its files a little, by a source of chance of its own."""

import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import yaml
from tests.fuzz.sources import OUTLINE, Files, Odd, load_sources
from tests.fuzz.words import MARKS, NAMES, PLAIN_VALUES, VALUES
from tests.github.grammar import BROKEN, WHOLE

Mutate = Callable[[Files, Random], None]
MUTATIONS: dict[str, Mutate] = {}
_WORD = re.compile(r"[\w-]{3,}")
_FENCE = re.compile(r"^(```+)([\w-]+)\n(.*?)^\1 *$", re.M | re.S)
_FRONT = re.compile(r"\A---\n(.*?)^---\n", re.M | re.S)
_MOST = 400_000


def mutation(mutate: Mutate) -> Mutate:
    MUTATIONS[mutate.__name__.replace("_", " ")] = mutate
    return mutate


def on_text(change: Callable[[str, Random], str]) -> Mutate:
    """A mutation of one text: the outline one time in four, else a page, a data file or a picture."""

    def mutate(files: Files, random: Random) -> None:
        names = [
            name for name, content in files.items() if isinstance(content, bytes) and name.endswith((".md", ".yml"))
        ]
        names = names or [name for name, content in files.items() if isinstance(content, bytes)]
        if not names:
            return
        name = OUTLINE if OUTLINE in names and random.random() < 0.25 else random.choice(sorted(names))
        content = files[name]
        assert isinstance(content, bytes)
        changed = change(content.decode("utf-8", "surrogateescape"), random)
        files[name] = changed[:_MOST].encode("utf-8", "surrogateescape")

    mutate.__name__ = change.__name__
    return mutation(mutate)


def _slice(text: str, random: Random, most: int = 400) -> tuple[int, int]:
    start = random.randint(0, len(text))
    return start, min(len(text), start + random.randint(0, min(most, len(text) + 1)))


@on_text
def cut(text: str, random: Random) -> str:
    start, end = _slice(text, random)
    return text[:start] + text[end:]


@on_text
def cut_off(text: str, random: Random) -> str:
    return text[: random.randint(0, len(text))]


@on_text
def repeat(text: str, random: Random) -> str:
    start, end = _slice(text, random, 60)
    return text[:end] + text[start:end] * random.choice((1, 2, 50, 1000)) + text[end:]


@on_text
def insert_marks(text: str, random: Random) -> str:
    for _ in range(random.randint(1, 6)):
        at = random.randint(0, len(text))
        text = text[:at] + random.choice(MARKS) * random.choice((1, 1, 1, 3, 60)) + text[at:]
    return text


@on_text
def insert_pieces(text: str, random: Random) -> str:
    """Syntax of all kinds, whole and broken, at the end of blocks."""
    for _ in range(random.randint(1, 4)):
        at = text.find("\n\n", random.randint(0, len(text))) + 1
        piece = random.choice([piece for kind in (WHOLE, BROKEN) for piece in (*kind["line"], *kind["block"])])
        lead = random.choice(("", "", "> ", "- ", "    "))
        text = f"{text[:at]}\n{lead}" + piece.replace("\n", f"\n{lead}") + f"\n{text[at:]}"
    return text


@on_text
def nest(text: str, random: Random) -> str:
    """Many openings of one kind."""
    at = text.find("\n\n", random.randint(0, len(text))) + 2
    return (
        text[:at]
        + random.choice(("> ", "- ", "[", "*", "(", "<div>", "[x](", "`", "{", "  - a:\n"))
        * random.choice((40, 300, 5000))
        + text[at:]
    )


@on_text
def swap_lines(text: str, random: Random) -> str:
    lines = text.split("\n")
    first, second = random.randrange(len(lines)), random.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines)


@on_text
def indent_lines(text: str, random: Random) -> str:
    lines = text.split("\n")
    start = random.randrange(len(lines))
    end = start + random.randint(1, 12)
    lead = random.choice((" ", "  ", "    ", "\t", "> ", "- ", "    - ", ">> "))
    lines[start:end] = [lead + line for line in lines[start:end]]
    return "\n".join(lines)


@on_text
def exchange_words(text: str, random: Random) -> str:
    words = [found.span() for found in _WORD.finditer(text)]
    for _ in range(random.randint(1, 4) if words else 0):
        start, end = random.choice(words)
        other = text[slice(*random.choice(words))]
        if start < len(text):
            text = text[:start] + other + text[end:]
    return text


@on_text
def change_plain_value(text: str, random: Random) -> str:
    """Another value after some `key:` or `- `."""
    places = list(re.finditer(r"(?m)^(\s*(?:- )?[\w-]+: |\s*- )(.*)$", text))
    if not places:
        return text
    start, end = random.choice(places).span(2)
    return text[:start] + random.choice(PLAIN_VALUES) + text[end:]


@on_text
def change_yaml(text: str, random: Random) -> str:
    """Another tree in the outline, the front matter or a widget: still YAML, of another shape."""
    spans = [found.span(1) for found in _FRONT.finditer(text)] + [found.span(3) for found in _FENCE.finditer(text)]
    start, end = random.choice(spans) if spans else (0, len(text))
    try:
        value = yaml.safe_load(text[start:end])
        changed = _change_tree(value, random)
        return text[:start] + yaml.safe_dump(changed, allow_unicode=True, sort_keys=False) + text[end:]
    except (yaml.YAMLError, ValueError, RecursionError):
        return text


def _change_tree(value: Any, random: Random) -> Any:
    if random.random() < 0.3 or not isinstance(value, dict | list) or not value:
        return random.choice(VALUES)
    value = value.copy()
    key = random.choice(list(value) if isinstance(value, dict) else range(len(value)))
    chance = random.random()
    if chance < 0.1:
        del value[key]
    elif chance < 0.2 and isinstance(value, list):
        value.insert(key, random.choice([*value, *VALUES]))
    elif chance < 0.2:
        value[random.choice(["was", "id", "title", "planned", "x", "practises", "why", "right", "data", 1, None])] = (
            random.choice([*value.values(), *VALUES])
        )
    elif chance < 0.3:
        value[key] = [value[key]]
    else:
        value[key] = _change_tree(value[key], random)
    return value


@on_text
def change_fence(text: str, random: Random) -> str:
    """Another language, an end that comes early or never, or the fence inside another block."""
    fences = list(_FENCE.finditer(text))
    if not fences:
        return text + "\n```quiz\nid: x\n"
    fence = random.choice(fences)
    other = random.choice(fences)
    new = random.choice((
        f"```{other[2]}\n{fence[3]}```",
        f"```{fence[2]}\n{fence[3]}",
        f"```{fence[2]}\n{fence[3]}````",
        "\n".join(f"> {line}" for line in fence[0].split("\n")),
        "\n".join(f"   {line}" for line in fence[0].split("\n")),
        f"{fence[0]}\n{fence[0]}",
        f"~~~{fence[2]}\n{fence[3]}~~~",
        f"``` {fence[2]} {{.x}}\n{fence[3]}```",
    ))  # fmt: skip
    return text[: fence.start()] + new + text[fence.end() :]


@mutation
def transplant(files: Files, random: Random) -> None:
    """A page, or a part of one, of our own course in the place of one of this."""
    names = sorted(name for name in files if name.endswith(".md"))
    ours = load_sources("ours")
    text = ours[random.choice(sorted(name for name in ours if name.endswith(".md")))]
    assert isinstance(text, bytes)
    if names:
        old = files[name := random.choice(names)]
        start, end = sorted(random.randint(0, len(text)) for _ in range(2))
        files[name] = text if random.random() < 0.3 or not isinstance(old, bytes) else old + b"\n\n" + text[start:end]


@mutation
def flip_bytes(files: Files, random: Random) -> None:
    name = random.choice(sorted(files))
    content = files[name]
    if isinstance(content, bytes) and content:
        changed = bytearray(content)
        for _ in range(random.randint(1, 8)):
            changed[random.randrange(len(changed))] = random.randrange(256)
        files[name] = bytes(changed)


@mutation
def lose_a_file(files: Files, random: Random) -> None:
    del files[random.choice(sorted(set(files) - {OUTLINE, "mkdocs.yml"}) or sorted(files))]


@mutation
def rename_a_file(files: Files, random: Random) -> None:
    name = random.choice(sorted(set(files) - {"mkdocs.yml"}))
    files[f"{name.rpartition('/')[0]}/{random.choice(NAMES)}"] = files.pop(name)


@mutation
def copy_a_file(files: Files, random: Random) -> None:
    source, place = random.choice(sorted(files)), random.choice(sorted(set(files) - {"mkdocs.yml"}))
    files[f"{place.rpartition('/')[0]}/{random.choice(NAMES)}"] = files[source]


@mutation
def swap_files(files: Files, random: Random) -> None:
    first, second = (
        random.choice(sorted(set(files) - {"mkdocs.yml"})),
        random.choice(sorted(set(files) - {"mkdocs.yml"})),
    )
    files[first], files[second] = files[second], files[first]


@mutation
def put_something_odd(files: Files, random: Random) -> None:
    place = random.choice(sorted(set(files) - {"mkdocs.yml"}))
    name = place if random.random() < 0.6 else f"{place.rpartition('/')[0]}/{random.choice(NAMES)}"
    other = "/".join([".."] * place.count("/")) + "/" + random.choice(sorted(files))
    targets = (place.rpartition("/")[2], "nowhere", ".", "..", "/etc/passwd", "/dev/zero", "/proc/self/mem", other)
    files.pop(name, None)
    files[name] = random.choice((Odd("fifo"), Odd("folder"), Odd("unreadable"), *(Odd("link", to) for to in targets)))


@mutation
def double_case(files: Files, random: Random) -> None:
    """Two names that differ only in case."""
    name = random.choice(sorted(set(files) - {"mkdocs.yml"}))
    files[name.upper() if random.random() < 0.3 else name.replace("/", "/X", 1).replace("/X", "/").title()] = files[
        name
    ]


def mutate_course(base: str, steps: list[tuple[str, int]], ways: Mapping[str, Mutate] = MUTATIONS) -> Files:
    """The files of the course `base` after each of `steps`: a mutation's name, and the seed of its chance."""
    files = load_sources(base)
    for name, seed in steps:
        if len(files) > 3:
            ways[name](files, Random(seed))
    return files
