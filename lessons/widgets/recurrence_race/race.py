"""What each of the two needs for a text: the same arithmetic as race.ts."""


def measure(length: int, width: int) -> dict[str, int]:
    """Counts for one layer. Work is counted in dot products of `width` numbers.

    Recurrence multiplies its memory with a square matrix at each word, which is `width` dot products. Attention
    compares each word with each. Table 1 of https://arxiv.org/abs/1706.03762 has both, times `width`.
    """
    return {
        "length": length,
        "width": width,
        "steps": length,
        "path": length - 1,
        "work": length * width,
        "comparisons": length * length,
        "double": 2 * length,
        "double_work": 2 * length * width,
        "double_comparisons": 4 * length * length,
    }
