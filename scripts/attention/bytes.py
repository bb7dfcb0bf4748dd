"""The library writes each byte as a visible character; here they are bytes again, and ids count from 0 to 255."""

from tokenizers import Tokenizer, pre_tokenizers

Pair = tuple[int, int]


def number_bytes() -> dict[str, int]:
    """Each of the library's 256 characters with its byte: printable Latin-1 is itself, all others follow in order."""
    itself = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in itself]
    numbers = {chr(byte): byte for byte in itself} | {chr(256 + at): byte for at, byte in enumerate(others)}
    if set(numbers) != set(pre_tokenizers.ByteLevel.alphabet()):
        raise SystemExit("the library names bytes otherwise than this expects")
    return numbers


def number_tokens(merges: list[list[str]]) -> dict[str, int]:
    """Each token with its id: the bytes, then what each merge makes, in order."""
    numbers = number_bytes()
    for left, right in merges:
        if left + right in numbers:
            raise SystemExit(f"two merges make {left + right!r}")
        numbers[left + right] = len(numbers)
    return numbers


def read_ids(tokenizer: Tokenizer, text: str, numbers: dict[str, int]) -> list[int]:
    return [numbers[token] for token in tokenizer.encode(text).tokens]
