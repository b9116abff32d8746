"""Damaged zip files: cut off, locked, unpacking to too much, or with strange parts."""

from tests.evaluations.damaged import (
    AGAIN,
    EVAL,
    SELECT,
    Damaged,
    bomb,
    doubled,
    encrypted,
    lying_bomb,
    repacked,
    with_bad_checksum,
    zipped,
)
from tests.evaluations.made_files import raw

# What each file is, how it is made, and the sentence.
ZIPS: Damaged = {
    "eval: cut off": (
        lambda: raw(EVAL)[:-200],
        "The zip file is cut off or broken: make it again, and select it.",
    ),
    "eval: broken part": (
        with_bad_checksum,
        "The zip file is cut off or broken: make it again, and select it.",
    ),
    "eval: bomb": (
        bomb,
        "The zip file unpacks to more than 50 MB: keep only the results in "
        "it, and select that file.",
    ),
    "eval: bomb that lies": (
        lying_bomb,
        "The zip file is cut off or broken: make it again, and select it.",
    ),
    "eval: password": (
        encrypted,
        "The zip file has a password: make it again without one, and select that file.",
    ),
    "eval: not finished": (
        lambda: repacked(EVAL, {"header.json": None, "summaries.json": None}),
        "The Inspect log has no “header.json”, because the evaluation did "
        "not finish: run the evaluation to its end, and select the new log.",
    ),
    "eval: header is a list": (
        lambda: repacked(EVAL, {"header.json": b"[]"}),
        "“header.json” in the Inspect log is not an object: run “inspect log "
        "convert FILE.eval --to json --output-dir converted”, and select the file in "
        "the new folder “converted”.",
    ),
    "eval: header is no JSON": (
        lambda: repacked(EVAL, {"header.json": b"{"}),
        f"The Inspect log is cut off or not JSON (line 1, character 2): {AGAIN}",
    ),
    "eval: summaries are no list": (
        lambda: repacked(EVAL, {"summaries.json": b"{}"}),
        f"“samples” in the Inspect log is not a list: {AGAIN}",
    ),
    "eval: part outside": (
        lambda: repacked(EVAL, {"../../etc/cron.d/x": b"x"}),
        "The zip file has a file outside of it, “../../etc/cron.d/x”: make "
        "it again, and select that file.",
    ),
    "eval: part outside, as Windows writes it": (
        lambda: repacked(EVAL, {"a\\..\\..\\x": b"x"}),
        "The zip file has a file outside of it, “a\\..\\..\\x”: make it again,"
        " and select that file.",
    ),
    "eval: part with a whole path": (
        lambda: repacked(EVAL, {"/etc/passwd": b"x"}),
        "The zip file has a file outside of it, “/etc/passwd”: make it "
        "again, and select that file.",
    ),
    "zip: part twice": (
        doubled,
        "The zip file has “header.json” 2 times: make it again, and select that file.",
    ),
    "zip: 30,000 parts": (
        lambda: zipped(*((f"{n}.json", b"") for n in range(30_000))),
        "The zip file has more than 20,000 files: keep only the results in "
        "it, and select that file.",
    ),
    "zip: of no tool": (
        lambda: zipped(("notes.txt", b"hello")),
        f"The zip file is no Inspect log and has no results in it: {SELECT}",
    ),
    "zip: no parts": (
        zipped,
        f"The zip file is no Inspect log and has no results in it: {SELECT}",
    ),
}
