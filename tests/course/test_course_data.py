"""What `lessons/data` holds: small, whole, credited, and quoted rightly by the pages."""

import re
from base64 import b64decode
from collections.abc import Callable
from hashlib import sha256
from statistics import mean
from typing import Any

import pytest
from tests.course_data import DATA, MODELS, ROOT, read_data

LIMIT = 460_000
RECURRENCE = "lessons/deep-learning/recurrence/lesson.md"
HEADS = "lessons/transformers/multi-head-attention/lesson.md"
FILES = sorted(path.relative_to(DATA).with_suffix("").as_posix() for path in DATA.rglob("*.json"))
REQUIREMENTS = ROOT / "scripts" / "attention" / "requirements.txt"
GUIDE = (ROOT / "docs" / "attention-data.md").read_text("utf-8")


def test_all_of_it_is_small() -> None:
    """The snapshot apart: no page loads it."""
    assert sum(path.stat().st_size for path in DATA.rglob("*.json")) < LIMIT


@pytest.mark.parametrize("name", FILES)
def test_file_says_how_it_was_made_and_the_guide_has_it(name: str) -> None:
    data = read_data(name)
    assert data["made"]["with"] == f"scripts/author-attention {data['name']}"
    pinned = dict(line.split("==") for line in REQUIREMENTS.read_text("utf-8").splitlines() if "==" in line)
    versions = {name: version for name, version in data["made"]["versions"].items() if name != "python"}
    assert versions
    assert all(version.partition("+")[0] == pinned[name] for name, version in versions.items())
    assert data["licence"] in ("MIT", "Apache-2.0", "CC-BY-4.0")
    assert data["source"]
    size = f"{(DATA / f'{name}.json').stat().st_size / 1000:.0f} kB"
    row = rf"^\| `{name}.json` .*`author-attention {data['name']}` \| {size} \| {data['licence']}"
    assert re.search(row, GUIDE, re.MULTILINE)


@pytest.mark.parametrize("name", MODELS)
def test_weights_are_those_that_were_measured(name: str) -> None:
    data = read_data(f"models/{name}")
    blob = b64decode(data["weights"])
    assert sha256(blob).hexdigest() == data["sha256"]
    last = data["tensors"][-1]
    assert len(blob) == last.get("scales", last["offset"]) + 4 * last["shape"][0]


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("attention/")])
def test_each_row_of_weights_adds_up_to_one(name: str) -> None:
    """Up to the rounding to 255ths."""
    data = read_data(name)
    heads = len(data["kept"]) if "kept" in data else data["layers"] * data["heads"]
    for sentence in data["sentences"]:
        count, weights = len(sentence["tokens"]), b64decode(sentence["attention"])
        assert len(weights) == heads * count**2
        rows = [weights[begin : begin + count] for begin in range(0, len(weights), count)]
        assert all(abs(sum(row) - 255) <= count / 2 for row in rows)


def find_sentence(name: str) -> dict[str, Any]:
    return next(one for one in read_data("attention/minilm")["sentences"] if one["id"] == name)


def weigh(name: str, noun: int) -> str:
    """What the shown head gives, as pages write it."""
    return f"{find_sentence(name)['of shown head'][noun]:.2f}".removeprefix("0")


def cut_brightest() -> float:
    tired = find_sentence("animal-tired")
    similarity: float = tired["cut in the shown head"][tired["candidates"][0]][0]
    return similarity


def write_similarity(cosine: float) -> str:
    return f"{cosine:.3f}".removeprefix("0")


def name_likeliest(prompt: int, pairs: str) -> tuple[str, str]:
    """The first choice of SmolLM2 after one of its prompts, with right or wrong rotary pairs, and its probability."""
    word, chance = read_data("attention/smollm2")["rotary pairs"][prompt][pairs][0]
    return word.strip(), f"{chance:.2f}".removeprefix("0")


def read_weights(sentence: dict[str, Any]) -> list[list[list[float]]]:
    """For each head of MiniLM, layer by layer: what each token of the sentence gives to each."""
    count, flat = len(sentence["tokens"]), [byte / 255 for byte in b64decode(sentence["attention"])]
    rows = [flat[begin : begin + count] for begin in range(0, len(flat), count)]
    return [rows[begin : begin + count] for begin in range(0, len(rows), count)]


def average(offset: int | None) -> list[float]:
    """What each head gives to the token so many places on, or to [CLS], over the words of all sentences."""
    heads: list[list[float]] = [[] for _ in range(72)]
    for sentence in read_data("attention/minilm")["sentences"]:
        words = range(1, len(sentence["tokens"]) - 1)
        for number, head in enumerate(read_weights(sentence)):
            heads[number] += [head[word][0 if offset is None else word + offset] for word in words]
    return [mean(weights) for weights in heads]


def count_largest_at_first(name: str) -> int:
    """Heads in which the focus gives most to [CLS]."""
    sentence = find_sentence(name)
    rows = [head[sentence["focus"]] for head in read_weights(sentence)]
    return sum(row[0] == max(row) for row in rows)


def give(name: str) -> list[str]:
    """What the shown head gives to both nouns, as pages of Track 5 write it."""
    return [f"{weight:.2f}" for weight in find_sentence(name)["of shown head"]]


def cut_link(name: str, where: str) -> str:
    """How similar the focus is to its uncut self, its link to the first noun cut."""
    sentence = find_sentence(name)
    return f"{sentence[where][sentence['candidates'][0]][0]:.3f}".removeprefix("0")


def ask_world() -> list[dict[str, Any]]:
    """The heads of the mini-world model on what was too tired or too wide, those first that it needs most."""
    measured = [
        one for one in read_data("models/world")["heads"]["measured"] if one["kind"] == "what was too, new pair"
    ]
    return sorted(measured, key=lambda one: float(one["right without the head"]))


def write_needed(rank: int) -> str:
    needed = ask_world()[rank]
    return f"{needed['to the answer']:.2f} | {needed['right without the head']:.0%}"


def write_idle() -> str:
    """How many heads are not needed, one at a time, and what they give to the answer."""
    idle = [one["to the answer"] for one in ask_world() if one["right without the head"] == 1]
    return f"{len(idle)} others | {min(idle):.2f} to {max(idle):.2f} | 100%"


def find_three_heads() -> list[dict[str, Any]]:
    """One that is needed a little, the brightest of those that are not needed, and a dim one that is needed."""
    ranked = ask_world()
    idle = [one for one in ranked if one["right without the head"] == 1]
    return [ranked[2], max(idle, key=lambda one: float(one["to the answer"])), ranked[1]]


def recall(network: int, *distances: int) -> list[str]:
    """How often the recurrent network says the first word rightly, after so many others; 0 is early in its training."""
    shares = read_data("models/sequence-memory")["networks"][network]["accuracy"]["first"]
    return [f"{shares[distance]:.1%}" for distance in distances]


def recall_of_all(network: int, distance: int) -> str:
    """The least and the most of five seeds."""
    one = read_data("models/sequence-memory")["networks"][network]
    shares = [one["accuracy"]["first"][distance], *(other["first"][str(distance)] for other in one["other seeds"])]
    assert len(shares) == 5
    return f"between {min(shares):.1%} and {max(shares):.1%}"


def count_learned() -> list[str]:
    """By length of list: how many of the networks that are asked at its end get 99% there."""
    asked = read_data("models/sequence-memory")["asked at the end"]
    assert [one["words"] for one in asked] == [5, 10, 20, 40]
    return [f"{sum(share >= 0.99 for share in one['right'])} of {len(one['right'])}" for one in asked]


def count_steps() -> str:
    """Of all recurrent networks that are compared, the one asked after every word and those asked once: as many."""
    data = read_data("models/sequence-memory")
    (steps,) = {data["networks"][1]["steps"], *(one["steps"] for one in data["asked at the end"])}
    assert {one["batch"] for one in data["asked at the end"]} == {data["made"]["batch"]}
    return f"{steps:,}"


def share(name: str, noun: int) -> str:
    """What the shown head gives, in percent, as the widget and Track 4 write it."""
    return f"{find_sentence(name)['of shown head'][noun]:.0%}"


QUOTED: dict[str, tuple[str, str, Callable[[], str]]] = {
    "tired": (
        "lessons/deep-learning/attention-in-brief/lesson.md",
        'With "tired", "it" draws {} from "street";',
        lambda: f'{share("animal-tired", 0)} from "animal" and {share("animal-tired", 1)}',
    ),
    "wide": (
        "lessons/deep-learning/attention-in-brief/lesson.md",
        'with "wide", {}. Of the model',
        lambda: f"{share('animal-wide', 0)} and {share('animal-wide', 1)}",
    ),
    "the brightest link, cut": (
        "lessons/deep-learning/attention-in-brief/lesson.md",
        'final vectors for "it" have a similarity of {}, where 1 is unchanged.',
        lambda: f"{cut_brightest():.3f}",
    ),
    "the same link, cut in all heads": (
        "lessons/deep-learning/attention-in-brief/lesson.md",
        "Only when the link is cut in all heads does more change ({}).",
        lambda: f"{find_sentence('animal-tired')['cut everywhere'][2][0]:.3f}",
    ),
    "heads": (
        "lessons/deep-learning/attention-in-brief/lesson.md",
        'Of the model\'s {} heads, about half give more to "street"',
        lambda: str(read_data("attention/minilm")["layers"] * read_data("attention/minilm")["heads"]),
    ),
    "pairs": (
        "lessons/deep-learning/attention-in-brief/lesson.md",
        "Over {} of the others, hardly more than a coin would be.",
        lambda: (
            "{pairs} sentence pairs of this kind, the head that did best on half of them was right in {own:.0%}".format(
                pairs=read_data("attention/minilm")["pairs"]["pairs"],
                own=read_data("attention/minilm")["pairs"]["best head, on pairs that did not choose it"],
            )
        ),
    ),
    "a weight above one half": (
        "lessons/deep-learning/attention-in-brief/practice.md",
        "In the measured case the weight was {},",
        lambda: share("animal-tired", 0),
    ),
    "right pairs": (
        "lessons/transformers/positions/lesson.md",
        '"The capital of France is Paris, and the capital of Germany is" continued with {},',
        lambda: '"{}" (probability {})'.format(*name_likeliest(0, "right")),
    ),
    "wrong pairs": (
        "lessons/transformers/positions/lesson.md",
        "with the wrong ones its first choice was {}.",
        lambda: '"{}" ({})'.format(*name_likeliest(0, "wrong")),
    ),
    "a short prompt": (
        "lessons/transformers/positions/lesson.md",
        'the short "The capital of Germany is" went on with "Berlin" either way ({}).',
        lambda: " and ".join(name_likeliest(1, pairs)[1] for pairs in ("right", "wrong")),
    ),
    "memory: numbers": (
        RECURRENCE,
        "without gates and with a hidden state of {} numbers.",
        lambda: str(read_data("models/sequence-memory")["config"]["width"]),
    ),
    "memory: early": (
        RECURRENCE,
        "the last two right in 100.0% of cases, but the first word only in {} of lists after four further words",
        lambda: recall(0, 4)[0],
    ),
    "memory: early, one word on": (
        RECURRENCE,
        "And in {} after one further word, where the first word is also the one before.",
        lambda: recall(0, 1)[0],
    ),
    "memory: late": (
        RECURRENCE,
        "At the end it gets the first word right in {} of lists after 23 further words.",
        lambda: recall(1, 23)[0],
    ),
    "memory: moments": (
        RECURRENCE,
        "You see it twice, {}.",
        lambda: "early in its training (after {:,} steps) and at the end (after {:,})".format(
            *(one["steps"] for one in read_data("models/sequence-memory")["networks"])
        ),
    ),
    "memory: five early": (RECURRENCE, "Early on, they got {} after four words.", lambda: recall_of_all(0, 4)),
    "memory: five late": (RECURRENCE, "At the end, they got {} after 23 words,", lambda: recall_of_all(1, 23)),
    "memory: five at 40": (RECURRENCE, "training lists, and {} after 40.", lambda: recall_of_all(1, 40)),
    "memory: asked at the end": (
        RECURRENCE,
        "With lists of 5 words, {}. Yet twelve",
        lambda: (
            "{} networks learned to answer.[^learned] With 10 words it was {}, "
            "with 20 words {}, and with 40 words {}".format(*count_learned())
        ),
    ),
    "memory: practice": (
        "lessons/deep-learning/recurrence/practice.md",
        "still gets it right in {} of lists after 23 further words",
        lambda: f"{read_data('models/sequence-memory')['networks'][1]['accuracy']['first'][23]:.0%}",
    ),
    "memory: practice, asked at the end": (
        "lessons/deep-learning/recurrence/practice.md",
        "asked only once, after 20 words, and doesn't get that far, like {} that we trained in this way.",
        lambda: "{} of the {}".format(
            *(sum(share < 0.99 for share in read_data("models/sequence-memory")["asked at the end"][2]["right"]), 20)
        ),
    ),
    "memory: trained alike": (
        RECURRENCE,
        "At least 99% right on new lists, after {} steps of training, like the network above.",
        count_steps,
    ),
    "memory: guessing": (
        RECURRENCE,
        "Guessing gets {}.",
        lambda: f"{1 / len(read_data('models/sequence-memory')['vocabulary']):.1%}",
    ),
    "heads: before": (HEADS, "| the token before | {} |", lambda: f"{max(average(-1)):.2f}"),
    "heads: after": (HEADS, "| the token after | {} |", lambda: f"{max(average(1)):.2f}"),
    "heads: [CLS]": (HEADS, "put in front of each sentence | {} |", lambda: f"{max(average(None)):.2f}"),
    "heads: [CLS], all": (
        HEADS,
        "over all heads, {} of all weight goes to [CLS]",
        lambda: f"{mean(average(None)):.2f}",
    ),
    "heads: [CLS], most": (
        HEADS,
        "largest weight in {} when the street is wide",
        lambda: "{} of the 72 heads when the animal is tired, and in {}".format(
            *(count_largest_at_first(f"animal-{word}") for word in ("tired", "wide"))
        ),
    ),
    "heads: he": (HEADS, '| "he" gives | {} |', lambda: " | ".join(give("boy-girl-he"))),
    "heads: she": (HEADS, '| "she" gives | {} |', lambda: " | ".join(give("boy-girl-she"))),
    "heads: boy for he": (
        HEADS,
        'For "he", only {} of them give more to "boy"',
        lambda: str(find_sentence("boy-girl-he")["heads that give more to the first"]),
    ),
    "heads: girl for she": (
        HEADS,
        'for "she", {} give more to "girl"',
        lambda: str(72 - find_sentence("boy-girl-she")["heads that give more to the first"]),
    ),
    "heads: keys": (HEADS, 'the row of "are" in that head gives {} to "keys"', lambda: give("keys")[0]),
    "heads: pairs": (
        HEADS,
        "Over {} pairs of such sentences, no head chose clearly better",
        lambda: str(read_data("attention/minilm")["pairs"]["pairs"]),
    ),
    "heads: best on pairs": (
        HEADS,
        "was right in {} of the pairs that had not been used",
        lambda: f"{read_data('attention/minilm')['pairs']['best head, on pairs that did not choose it']:.0%}",
    ),
    "heads: cut": (
        HEADS,
        "the uncut one was {}.",
        lambda: "0{}. Cutting the same link in all 72 heads gave 0{}".format(
            cut_link("animal-tired", "cut in the shown head"), cut_link("animal-tired", "cut everywhere")
        ),
    ),
    "heads: the brightest is needed": (HEADS, "the brightest, in layer 3 | {} |", lambda: write_needed(0)),
    "heads: a dim one is needed": (HEADS, "| one in layer 1 | {} |", lambda: write_needed(1)),
    "heads: another is needed": (HEADS, "| one in layer 2 | {} |", lambda: write_needed(2)),
    "heads: one hardly needed": (HEADS, "| one in layer 3 | {} |", lambda: write_needed(3)),
    "heads: not needed": (HEADS, "| each of the {} |", write_idle),
    "heads: the story": (
        HEADS,
        "> {} The next word has to be",
        lambda: " ".join(read_data("models/world")["golden"][0]["words"][1:]),
    ),
    "heads: practice, he and she": (
        "lessons/transformers/multi-head-attention/practice.md",
        "In one head of a real model, {}. Which",
        lambda: '"he" gives {} to "boy" and {} to "girl", and "she" gives {} and {}'.format(
            *give("boy-girl-he"), *give("boy-girl-she")
        ),
    ),
    "heads: practice, one to spare": (
        "lessons/transformers/multi-head-attention/practice.md",
        "give the right noun weights of {} of the answers right",
        lambda: "{:.2f}, {:.2f} and {:.2f}. Cut alone, they leave {:.0%}, {:.0%} and {:.0%}".format(
            *(one[part] for part in ("to the answer", "right without the head") for one in find_three_heads())
        ),
    ),
    "heads: practice, a cut": (
        "lessons/transformers/multi-head-attention/practice.md",
        "keeps a similarity of 0{} to the uncut one",
        lambda: cut_link("animal-tired", "cut in the shown head"),
    ),
    "heads: practice, a cut with wide": (
        "lessons/transformers/multi-head-attention/practice.md",
        'The same cut with "wide" leaves 0{}.',
        lambda: cut_link("animal-wide", "cut in the shown head"),
    ),
    "heads: practice, all cut": (
        "lessons/transformers/multi-head-attention/practice.md",
        "in all heads changed much more: 0{}.",
        lambda: cut_link("animal-tired", "cut everywhere"),
    ),
    "heads: practice, brightest": (
        "lessons/transformers/multi-head-attention/practice.md",
        'the brightest link from "it", {}.',
        lambda: give("animal-tired")[0],
    ),
    "heads: cheatsheet": (
        "cheatsheets/transformers/multi-head-attention.md",
        "| tired: animal {}. Shifted",
        lambda: "{}, street {}; wide: {}, {}".format(*give("animal-tired"), *give("animal-wide")),
    ),
}
"""Page, what it says, and the figure as it follows from the data."""


@pytest.mark.parametrize("name", QUOTED)
def test_page_quotes_what_was_measured(name: str) -> None:
    page, sentence, compute = QUOTED[name]
    text = " ".join((ROOT / page).read_text("utf-8").split())
    assert sentence.format(compute()) in text


def test_words_of_the_lesson_hold() -> None:
    """About half of the heads prefer the street; the shown one never does; its brightest link hardly matters."""
    tired, wide = find_sentence("animal-tired"), find_sentence("animal-wide")
    total = read_data("attention/minilm")["layers"] * read_data("attention/minilm")["heads"]
    assert tired["heads that give more to the first"] == pytest.approx(total / 2, abs=2)
    assert tired["shown"] == wide["shown"]
    assert wide["of shown head"][0] > wide["of shown head"][1]
    assert cut_brightest() > 0.99


def test_language_model_has_not_seen_the_adjective_before_it_comes() -> None:
    """Up to "too", the rows of all kept heads are the same for tired and wide; so no picture of "it" can differ."""
    data = read_data("attention/smollm2")
    tired, wide = (
        next(one for one in data["sentences"] if one["id"] == f"animal-{word}") for word in ("tired", "wide")
    )
    count, before = len(tired["tokens"]), tired["tokens"].index(" tired")
    one, other = (b64decode(sentence["attention"]) for sentence in (tired, wide))
    for head in range(len(data["kept"])):
        begin, end = head * count**2, head * count**2 + before * count
        assert one[begin:end] == other[begin:end]
    assert one != other


def test_words_of_the_lesson_on_heads_hold() -> None:
    """One head of the first layer hardly looks at the answer; one head takes from a noun and from a subject alike."""
    brightest, dim = ask_world()[:2]
    assert brightest["head"] == read_data("models/world")["heads"]["shown"]
    assert brightest["to the answer"] == max(one["to the answer"] for one in ask_world())
    layers = [one["head"][:2] for one in ask_world()[:4]]
    assert layers == ["L3", "L1", "L2", "L3"]
    assert dim["right without its link to the answer"] == 1
    assert brightest["right without the head"] < 0.5
    assert 0.3 < 1 - ask_world()[2]["right without the head"] < 0.37  # "about a third"
    assert all(one["right"] == 1 for one in ask_world())
    assert read_data("models/world")["heads"]["questions"] == 300
    assert len(ask_world()) == 12
    assert find_sentence("keys")["shown"] == find_sentence("animal-tired")["shown"]
    shares = [find_sentence(f"boy-girl-{word}")["heads that give more to the first"] for word in ("he", "she")]
    assert max(shares) < 36
