"""The words of a large course's index in pieces that are light to load: Pagefind's own weigh 30 kB and more, and a
search of one word takes one from each shard.

An index lists its pieces, each with its first and last word, in its `.pf_meta`; both are gzipped CBOR.
"""

import gzip
from collections.abc import Iterator, Mapping
from io import BytesIO

import cbor2

_BYTES = 11_000
"""What a piece holds before it is packed, more or less. A word half typed is completed from one piece alone."""
_SIGNATURE = b"pagefind_dcd"
_PIECES = 2
"""Where the list of pieces stands in an index's meta."""
_SIZES = {24: 2, 25: 3, 26: 5}
"""The bytes of an array's head, by the low bits of its first."""


def cut_index(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same index in lighter pieces; as it was, where it is not made as we know it."""
    cut = dict(files)
    try:
        for name in [name for name in files if name.endswith(".pf_meta")]:
            meta = cbor2.loads(_unzip(files[name]))
            meta[_PIECES] = [listed for _, _, old in meta[_PIECES] for listed in _cut_chunk(cut, old)]
            cut[name] = _zip(cbor2.dumps(meta))
    except (cbor2.CBORError, ValueError, LookupError, TypeError, OSError):
        return dict(files)
    return cut


def _cut_chunk(files: dict[str, bytes], name: str) -> Iterator[list[str]]:
    """Put the pieces of a chunk in its place. Yields how each is listed."""
    for number, piece in enumerate(_list_pieces(_unzip(files.pop(f"index/{name}.pf_index")))):
        words = [word for word, _ in piece]
        packed = _head(1) + _head(len(piece)) + b"".join(content for _, content in piece)
        files[f"index/{name}-{number}.pf_index"] = _zip(packed)
        yield [words[0], words[-1], f"{name}-{number}"]


def _list_pieces(chunk: bytes) -> Iterator[list[tuple[str, bytes]]]:
    piece: list[tuple[str, bytes]] = []
    weight = 0
    for word, content in _list_words(chunk):
        if piece and weight + len(content) > _BYTES:
            yield piece
            piece, weight = [], 0
        piece.append((word, content))
        weight += len(content)
    yield piece


def _list_words(chunk: bytes) -> Iterator[tuple[str, bytes]]:
    """Each word with all that is said of it, as it stands there."""
    file = BytesIO(chunk)
    start = file.seek(1 + _SIZES.get(chunk[1] & 31, 1))
    decoder = cbor2.CBORDecoder(file)
    while start < len(chunk):
        word, *_ = decoder.decode()
        yield word, chunk[start : file.tell()]
        start = file.tell()


def _head(count: int) -> bytes:
    """The head of an array in CBOR (RFC 8949, section 3)."""
    return bytes([128 + count]) if count < 24 else b"\x99" + count.to_bytes(2)


def _unzip(content: bytes) -> bytes:
    return gzip.decompress(content).removeprefix(_SIGNATURE)


def _zip(content: bytes) -> bytes:
    return gzip.compress(_SIGNATURE + content, 6, mtime=0)
