"""Damaged and hostile results files, made from those that real tools wrote."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any
from warnings import catch_warnings

from tests.evaluations.made_files import part, plain, raw

PROMPTFOO = "promptfoo-0.123.1.json"
INSPECT = "inspect-0.3.285-passed.json"
EVAL = "inspect-0.3.160-passed.eval"
BOMB = 150_000_000
LM_EVAL = "lm-eval-0.4.13.json"
LM_EVAL_ZIP = "lm-eval-0.4.13.zip"
DEEPEVAL = "deepeval-4.3.1.json"
GOOD_CSV = b"case,candidate,passed\na,x,yes\n"
# What a refusal tells people to do.
AGAIN = "export the results again, and select that file."
SELECT = (
    "select a JSON file of promptfoo, a log of Inspect, “results_….json” of "
    "lm-evaluation-harness, “test_run_….json” of DeepEval, or a CSV file."
)
type Damaged = dict[str, tuple[Callable[[], bytes], str]]


def changed(name: str, *place: str | int, to: Any = None) -> bytes:
    """Return a file with one value replaced, or taken out if it is `...`."""
    values = plain(name)
    at = values
    for step in place[:-1]:
        at = at[step]
    if to is ...:
        del at[place[-1]]
    else:
        at[place[-1]] = to
    return json.dumps(values).encode()


def repacked(
    name: str, parts: dict[str, bytes | None], kind: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Return a zip file with some of its parts replaced, added, or taken out."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw(name))) as old,
        zipfile.ZipFile(made, "w", kind) as new,
    ):
        kept = {x: old.read(x) for x in old.namelist()}
        for part, content in (kept | parts).items():
            if content is not None:
                new.writestr(part, content)
    return made.getvalue()


def zipped(*parts: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            new.writestr(name, content)
    return made.getvalue()


@cache
def bomb() -> bytes:
    """Return an Inspect log of 100 kB whose summaries unpack to 150 MB."""
    return repacked(EVAL, {"summaries.json": b"[" + b" " * BOMB + b"]"})


def lying_bomb() -> bytes:
    """Return the same with a size of 10 bytes written in its directory."""
    made = bytearray(bomb())
    place = made.rindex(b"summaries.json")
    struct.pack_into("<I", made, place - 46 + 24, 10)
    return bytes(made)


def encrypted() -> bytes:
    """Return a zip file whose parts are said to have a password."""
    made = bytearray(raw(EVAL))
    at = 0
    while (at := made.find(b"PK\x01\x02", at)) >= 0:
        made[at + 8] |= 1
        at += 4
    return bytes(made)


def with_bad_checksum() -> bytes:
    made = bytearray(raw(EVAL))
    at = made.index(b"header.json") + len(b"header.json") + 40
    made[at : at + 8] = b"\x00" * 8
    return bytes(made)


def sample(values: dict[str, Any]) -> bytes:
    """Return an Inspect log whose first sample has other values."""
    return changed(INSPECT, "samples", 0, to=plain(INSPECT)["samples"][0] | values)


def twice(name: str, text: str) -> bytes:
    """Return a file in which a name is in its object twice."""
    return raw(name).replace(text.encode(), f"{text}1,{text}".encode(), 1)


def million_rows() -> bytes:
    return GOOD_CSV + b"".join(b"%d,x,no\n" % number for number in range(1_000_000))


def doubled() -> bytes:
    with catch_warnings(action="ignore", category=UserWarning):
        return zipped(("header.json", b"{}"), ("header.json", b"[]"))


def samples_of(task: str, content: bytes) -> dict[str, bytes | None]:
    """Return the parts of a zip file that replace the samples of a task."""
    with zipfile.ZipFile(io.BytesIO(raw(LM_EVAL_ZIP))) as packed:
        (old,) = (x for x in packed.namelist() if x.startswith(f"samples_{task}_2"))
    return {old: content}


def other_samples() -> dict[str, bytes | None]:
    """Return samples of which one passes that failed."""
    text = part(LM_EVAL_ZIP, "samples_digits_2", ".jsonl")
    return samples_of("digits", text.replace('"acc": 0.0', '"acc": 1.0', 1).encode())
