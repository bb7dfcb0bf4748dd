"""Formulas, tables, code and drawings, as a lesson shows them, with made-up names and numbers."""

from tests.synthetic.words import Writer

_INLINE = (
    "$x_{a}$",
    "$h_{a} = 0.{b} \\, h_{{t-1}} + x_t$",
    "$\\sqrt{{d_k}} = {a}.{b}$",
    "$e^{{{a}}}$",
    "$n^{a}$",
    "$W^Q$",
    "$\\frac{{{a}}}{{{b}}}$",
    "$0.9^{{{b}}}$",
)
_DISPLAY = (
    "h_t = \\tanh(W_h h_{{t-1}} + W_x x_t + b_{a})",
    "\\text{{softmax}}(s)_j = \\frac{{e^{{s_j}}}}{{e^{{s_1}} + e^{{s_2}} + \\dots + e^{{s_n}}}}",
    "\\text{{Attention}}(Q, K, V) = \\text{{softmax}}\\left(\\frac{{Q K^T}}{{\\sqrt{{d_{a}}}}}\\right) V",
    "L = -\\frac{{1}}{{n}} \\sum_{{i=1}}^{{n}} \\log p(x_i \\mid x_{{<i}}) + {b}",
    "\\begin{{aligned}} a &= {a} \\cdot {b} \\\\ c &= a^2 + \\sqrt{{{b}}} \\end{{aligned}}",
    "\\begin{{pmatrix}} {a} & {b} \\\\ {b} & {a} \\end{{pmatrix}} \\begin{{pmatrix}} x \\\\ y \\end{{pmatrix}}",
)
_CODE = '''```python
def {one}_{two}({three}, {four}=0.{b}):
    """{sentence}"""
    total = 0.0
    for index, {five} in enumerate({three}):
        total += {four} * {five} ** 2  # {five} counts twice
        if total > {a}{b}:
            break
    return {{"mean": total / len({three}), "steps": index}}


print({one}_{two}([{a}, {b}, {a}.{b}]))
```'''
_DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 260" font-family="sans-serif" font-size="15">
  <rect x="0" y="0" width="720" height="260" fill="#FCFBF8"/>
  <path d="M60 220H700M60 220V30" stroke="#8A8577" fill="none"/>
{bars}
  <path d="M{points}" stroke="#A8431E" stroke-width="2" fill="none"/>
  <text x="60" y="22" fill="#1F2328">{title}</text>
</svg>
"""
_BAR = (
    '  <rect x="{x}" y="{y}" width="28" height="{height}" fill="#F4F1EA" stroke="#8A8577"/>\n'
    '  <text x="{x}" y="240" fill="#57606A">{name}</text>'
)


def write_inline(writer: Writer) -> str:
    return _fill(writer, writer.chance.choice(_INLINE))


def write_display(writer: Writer) -> str:
    return f"$$\n{_fill(writer, writer.chance.choice(_DISPLAY))}\n$$"


def write_table(writer: Writer, topic: list[str], rows: int = 5) -> str:
    heads = writer.chance.sample(topic, 4)
    lines = ["| " + " | ".join(heads) + " |", "| --- | --- | --- | --- |"]
    for number in range(1, rows + 1):
        cells = (
            str(number),
            writer.name(topic),
            f"{writer.chance.random():.3f}",
            f"{writer.chance.uniform(-9, 9):.2f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def write_code(writer: Writer, topic: list[str]) -> str:
    one, two, three, four, five = writer.chance.sample(topic, 5)
    names = {"one": one, "two": two, "three": three, "four": four, "five": five}
    return _fill(writer, _CODE, sentence=writer.write_sentence(topic, 6, 10), **names)


def draw(writer: Writer, topic: list[str]) -> str:
    """An SVG of a few kilobytes in the light colors of the design."""
    heights = [writer.chance.randint(10, 170) for _ in range(12)]
    bars = [
        _BAR.format(x=70 + 52 * place, y=220 - height, height=height, name=writer.chance.choice(topic)[:5])
        for place, height in enumerate(heights)
    ]
    points = " ".join(f"{84 + 52 * place} {210 - height}" for place, height in enumerate(heights))
    return _DRAWING.format(bars="\n".join(bars), points=points, title=writer.name(topic))


def _fill(writer: Writer, text: str, **words: str) -> str:
    return text.format(a=writer.chance.randint(2, 9), b=writer.chance.randint(2, 9), **words)
