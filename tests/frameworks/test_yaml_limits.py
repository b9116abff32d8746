import time
from pathlib import Path

import pytest

from audits.frameworks.loading.loader import PACKS, load
from audits.strict_yaml.nodes import MAX_BYTES, MAX_DEPTH, MAX_NODES, compose
from audits.strict_yaml.problems import Problem, RefusedFileError

PACK = (PACKS / "fine_tuning" / "v1.yaml").read_bytes()

ALIAS_BOMB = b"\n".join(
    [b"a: &a [x, x, x, x, x, x, x, x, x, x]"]
    + [
        b"%c: &%c [%s]" % (letter, letter, b", ".join([b"*%c" % (letter - 1)] * 10))
        for letter in b"bcdefgh"
    ]
)

# Each row: the file, the line at fault, the key and the message.
HOSTILE = {
    "alias bomb": (ALIAS_BOMB, 1, "file", "aliases and anchors are not allowed"),
    "alias without an anchor": (
        b"name: x\ntitle: *x",
        2,
        "file",
        "aliases and anchors are not allowed",
    ),
    "self-reference": (
        b"name: x\nsources: &a [*a]",
        2,
        "file",
        "aliases and anchors are not allowed",
    ),
    "flow nesting": (
        b"name: x\nsources: " + b"[" * 100 + b"]" * 100,
        2,
        "file",
        f"nested deeper than {MAX_DEPTH} levels",
    ),
    "flow nesting a thousand deep": (
        b"name: x\nsources: " + b"[" * 1000 + b"]" * 1000,
        2,
        "file",
        "not YAML: exceeded maximum nesting depth",
    ),
    "flow nesting that never ends": (
        b"[" * MAX_BYTES,
        1,
        "file",
        "not YAML: exceeded maximum nesting depth",
    ),
    "block nesting": (
        b"name: x\nsources: \n " + b"- " * 1000 + b"x",
        3,
        "file",
        f"nested deeper than {MAX_DEPTH} levels",
    ),
    "nested mappings, a line each": (
        b"\n".join(b" " * depth + b"a:" for depth in range(400)),
        21,
        "file",
        f"nested deeper than {MAX_DEPTH} levels",
    ),
    "Python object": (
        b"name: x\ntitle: !!python/object/apply:os.system [echo]",
        2,
        "file",
        "tags (!…) are not allowed",
    ),
    "Python name": (
        b"name: x\ntitle: !!python/name:os.system x",
        2,
        "file",
        "tags (!…) are not allowed",
    ),
    "tag of YAML's own": (
        b"name: x\ntitle: !!str 12",
        2,
        "file",
        "tags (!…) are not allowed",
    ),
    "merge key with an alias": (
        b"name: x\n<<: *x",
        2,
        "file",
        "aliases and anchors are not allowed",
    ),
    "byte order mark": (
        b"\xef\xbb\xbf" + PACK,
        1,
        "file",
        "begins with a byte order mark; save without it",
    ),
    "UTF-16": (
        PACK.decode().encode("utf-16"),
        1,
        "file",
        "not UTF-8; save the file as UTF-8",
    ),
    "Latin-1": (
        "name: x\ntitle: Prüfung".encode("latin-1"),
        2,
        "file",
        "not UTF-8; save the file as UTF-8",
    ),
    "UTF-16 without a mark": (
        "name: x\ntitle: y".encode("utf-16-le"),
        1,
        "file",
        "not YAML: control characters are not allowed",
    ),
    "control character": (
        "name: ü\ntitle: x\x07".encode(),
        2,
        "file",
        "not YAML: control characters are not allowed",
    ),
    "tab as indentation": (
        b"name: x\nsources:\n\tx: y",
        3,
        "file",
        "not YAML: found character that cannot start any token",
    ),
    "one byte too many": (
        b"#" * (MAX_BYTES + 1),
        1,
        "file",
        "larger than 256 kB",
    ),
    "one node too many": (
        b"name: x\nsources:\n" + b"- x\n" * (MAX_NODES - 3),
        MAX_NODES - 2,
        "file",
        "more than 20,000 nodes",
    ),
    "nothing": (
        b"",
        1,
        "file",
        "the file must hold one mapping of keys to values",
    ),
    "comments only": (
        b"# nothing\n",
        1,
        "file",
        "the file must hold one mapping of keys to values",
    ),
    "list at the top": (
        b"- name: x",
        1,
        "file",
        "the file must hold one mapping of keys to values",
    ),
    "text at the top": (
        b"x",
        1,
        "file",
        "the file must hold one mapping of keys to values",
    ),
    "two documents": (
        b"name: x\n---\nname: y",
        2,
        "file",
        "not YAML: but found another document",
    ),
    "bracket that stays open": (
        b"name: x\nsources: [a\n",
        3,
        "file",
        "not YAML: did not find expected ',' or ']'",
    ),
}


@pytest.mark.parametrize("row", HOSTILE.values(), ids=HOSTILE)
def test_hostile_file_is_refused_with_its_line(
    row: tuple[bytes, int, str, str],
) -> None:
    raw, line, key, message = row
    started = time.thread_time()

    with pytest.raises(RefusedFileError) as caught:
        compose(raw, "v1.yaml")

    assert caught.value.problems == (Problem(line, key, message),)
    # The promise is one second; a busy machine is given five.
    assert time.thread_time() - started < 5


# YAML 1.1 would read these as false, 1.1, 750, 31, a date and nothing.
@pytest.mark.parametrize(
    "word", ["no", "Off", "1.10", "12:30", "0x1F", "2026-11-25", "~"]
)
def test_bare_word_for_text_is_refused_not_converted(tmp_path: Path, word: str) -> None:
    text = PACK.decode()
    file = tmp_path / "v1.yaml"
    file.write_text(text.replace("label: What is wrong", f"label: {word}"))
    line = text[: text.index("label: What is wrong")].count("\n") + 1

    with pytest.raises(RefusedFileError) as caught:
        load(file)

    assert caught.value.problems == (
        Problem(
            line,
            "questions[goal].label",
            f'must be text; write "{word}" in quotes',
        ),
    )


@pytest.mark.parametrize("word", ["no", "1.10", "12:30", "0x1F", '"1"', "~", ""])
def test_bare_word_for_number_is_refused_not_converted(
    tmp_path: Path, word: str
) -> None:
    file = tmp_path / "v1.yaml"
    file.write_text(PACK.decode().replace("\nversion: 1\n", f"\nversion: {word}\n"))

    with pytest.raises(RefusedFileError) as caught:
        load(file)

    assert caught.value.problems == (Problem(4, "version", "must be a whole number"),)


def test_merge_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "v1.yaml"
    file.write_text("name: x\n<<: {version: 1}\n")

    with pytest.raises(RefusedFileError) as caught:
        load(file)

    assert caught.value.problems == (
        Problem(2, "(a key)", 'must be text; write "<<" in quotes'),
    )
