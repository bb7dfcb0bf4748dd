"""transformer-block: counts follow the shapes of real weights; Python, browser, papers and lessons agree on them."""

import re
from typing import Any

import pytest
from lessons.widgets.transformer_block import MOST, ORDERS, Preset, Size, count, write_state
from tests.course_data import DATA, ROOT, read_course_data, read_data
from tests.typescript import run_typescript

from trackbook.widgets import load_widgets

GPT2 = Size(width=768, heads=12, feed=3072, layers=12, tokens=1024, words=50257)
ENCODER = Size(
    width=512, heads=8, feed=2048, layers=6, tokens=100, words=37000, norm="post", positions="waves", biases=False
)
LESSON = (DATA.parent / "transformers" / "transformer-block" / "lesson.md").read_text("utf-8")


def make_world() -> Preset:
    file = read_course_data()["lessons/data/models/world.json"]
    return Preset.model_validate({"name": "world", "source": "ours", "model": file})


def test_the_mini_world_has_as_many_as_its_file_says() -> None:
    data = read_data("models/world")
    tensors = {tensor["name"]: tensor["shape"] for tensor in data["tensors"]}
    counts = count(make_world().shape)
    assert counts["total"] == data["config"]["parameters"]

    def add(*names: str) -> int:
        shapes = [shape for name, shape in tensors.items() if re.fullmatch("|".join(names), name)]
        return sum(shape[0] * (shape[1] if len(shape) > 1 else 1) for shape in shapes)

    assert counts["attention"] == add(r"0\.(query|key|value|output)\..*")
    assert counts["feed_count"] == add(r"0\.(expand|contract)\..*")
    assert 2 * counts["norm"] == add(r"0\.\w+_norm\..*")
    assert counts["blocks"] == add(r"\d\..*")
    assert (counts["embedding"], counts["positions"], counts["last"]) == (add("word"), add("position"), add("final.*"))


def test_gpt2_has_as_many_as_the_lesson_says() -> None:
    counts = count(GPT2)
    for name in ("attention", "feed_count", "block", "blocks", "total"):
        assert f"{counts[name]:,}" in LESSON
    assert f"{2 * counts['norm']:,}" in LESSON
    assert counts["total"] == 124_439_808


def test_the_encoder_of_2017_is_what_its_formulas_say() -> None:
    """Four square matrices, two layers with biases, two norms; waves and post-norm learn nothing more."""
    counts = count(ENCODER)
    assert counts["block"] == 4 * 512**2 + (512 * 2048 + 2048) + (2048 * 512 + 512) + 2 * 2 * 512
    assert counts["total"] == 6 * counts["block"] + 37_000 * 512


def test_with_its_decoder_it_is_about_what_the_paper_counts() -> None:
    counts = count(ENCODER)
    decoder = 6 * (counts["block"] + counts["attention"] + counts["norm"])
    assert (counts["total"] + decoder) / 1e6 == pytest.approx(65, rel=0.05)


SIZES = [GPT2, ENCODER, make_world().shape, Size.model_validate(MOST)]


def test_the_browser_counts_alike_and_keeps_what_the_build_wrote() -> None:
    source = """import { count, ORDERS } from "../../../lessons/widgets/transformer_block/counting";
import { readSize, writeSize } from "../../../lessons/widgets/transformer_block/fields";
const sizes = input.map(readSize).map((size: any) => [count(size), writeSize(size)]);
output = { orders: ORDERS, sizes };"""
    states = ["_".join(write_state(size)) for size in SIZES]
    found = run_typescript(source, states)
    assert found["orders"] == {norm: list(order) for norm, order in ORDERS.items()}
    assert found["sizes"] == [[count(size), state] for size, state in zip(SIZES, states, strict=True)]


@pytest.mark.parametrize(
    "state",
    ["", "768", "768_12_3072_12_1024_50257_pre_learned", "0_12_3072_12_1024_50257_pre_learned_1",
     "768_12_3072_12_1024_50257_mid_learned_1", "768_12_3072_12_1024_50257_pre_learned_2",
     "1e9_12_3072_12_1024_50257_pre_learned_1", "768_1.5_3072_12_1024_50257_pre_learned_1"],
)  # fmt: skip
def test_what_no_field_could_hold_is_no_size(state: str) -> None:
    source = """import { readSize } from "../../../lessons/widgets/transformer_block/fields";
output = readSize(input) ?? null;"""
    assert run_typescript(source, state) is None


def render(presets: list[dict[str, Any]], code: str = "en") -> str:
    widget = load_widgets(ROOT)["transformer-block"]
    return widget.render_fallback(widget.data.model_validate({"id": "one", "presets": presets}), "a/b", str, code)


def test_norms_stand_where_the_size_says() -> None:
    for norm, order in ORDERS.items():
        html = render([{"name": "x", "source": "y", "size": {**ENCODER.model_dump(), "norm": norm}}])
        assert tuple(re.findall(r'data-part="([\w-]+)"', html)) == order


def test_numbers_are_written_in_the_language() -> None:
    preset = {"name": "x", "source": "y", "size": GPT2.model_dump()}
    assert '<span data-figure="total">124,439,808</span>' in render([preset])
    assert '<span data-figure="total">124.439.808</span>' in render([preset], "de")


def test_each_part_leads_to_where_it_is_taught() -> None:
    for name in ("embedding", "positions", "attention", "norm", "feed", "add"):
        assert re.search(rf'^  {name}: "\[.*\]\((#|\.\./).*\)"$', LESSON, re.MULTILINE)
    assert (ROOT / "lessons" / "transformers" / "positions" / "lesson.md").is_file()
