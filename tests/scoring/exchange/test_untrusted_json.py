import json
import time

import pytest

from audits.scoring.exchange.untrusted_json import RefusedJsonError, read_object, shown


def test_object_is_read() -> None:
    values = {"a": [1, {"b": None, "c": "é\n"}], "d": True, "[": "{"}

    assert read_object(json.dumps(values).encode()) == values


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "not JSON"),
        (b"%PDF-1.7", "not JSON: Expecting value in line 1"),
        (b"[]", "not a JSON object"),
        (b'{"a": 1}\n x', "in line 2"),
        (b'\xff{"a": 1}', "byte 1 is wrong"),
        (b"\xef\xbb\xbf{}", "not JSON"),
        (b'{"a": 1, "b": 2, "a": 1}', "a appears in it twice"),
        (b'{"x": [{"\\u0061": 1, "a": 2}]}', "a appears in it twice"),
        (b'{"a": NaN}', "NaN is not allowed in it"),
        (b'{"a": -Infinity}', "-Infinity is not allowed in it"),
        (b'{"a": 1e400}', "1e400 is not allowed in it"),
        (b'{"a": 1.0}', "whole numbers only"),
        (b'{"a": ' + b"9" * 5000 + b"}", "more than 15 digits"),
        (b'{"a": [["\\ud800"]]}', "half a character"),
        (b'{"\\ud800": 1}', "half a character"),
        (b'{"a": ' * 17 + b"1" + b"}" * 17, "nested more than 16 deep"),
        (b'{"x": [[[]]], "a": ' + b"[" * 16 + b"]" * 16 + b"}", "nested more than"),
        (b'{"a": 1000000000000000}', "more than 15 digits"),
        (b"[" * 900_000, "nested more than 16 deep"),
        (b'{"a": "' + b"x" * 1_000_000 + b'"}', "larger than 1 MB"),
        (b'{"a": "b', "not JSON"),
        (b'{"a\x00": 1}', "not JSON"),
    ],
)
def test_what_is_no_such_file_is_refused_in_a_sentence(raw: bytes, said: str) -> None:
    with pytest.raises(RefusedJsonError) as refused:
        read_object(raw)

    assert said in str(refused.value)
    assert str(refused.value).endswith(".")


def test_largest_file_that_is_allowed_is_read() -> None:
    frame = b'{"a": ""}'

    read = read_object(frame[:-2] + b"x" * (1_000_000 - len(frame)) + frame[-2:])

    assert len(read["a"]) == 1_000_000 - len(frame)


def test_largest_number_that_is_allowed_is_read() -> None:
    assert read_object(b'{"a": 999999999999999}') == {"a": 999_999_999_999_999}


def test_one_byte_more_is_refused() -> None:
    frame = b'{"a": ""}'
    with pytest.raises(RefusedJsonError, match="larger than 1 MB"):
        read_object(frame[:-2] + b"x" * (1_000_001 - len(frame)) + frame[-2:])


def test_sixteen_levels_are_read_and_one_more_is_not() -> None:
    def nested(levels: int) -> bytes:
        return b'{"a": ' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"

    assert read_object(nested(16))
    with pytest.raises(RefusedJsonError, match="deep"):
        read_object(nested(17))


def test_text_is_shown_whole_as_long_as_it_fits() -> None:
    assert shown("x" * 60) == "x" * 60
    assert shown("x" * 61) == "x" * 59 + "…"


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a": "' + b'\\"' * 120_000,
        b'"' * 250_000,
        b"{" + b",".join(b'"%d": 1' % n for n in range(20_000)) + b', "0": 1}',
    ],
)
def test_refusing_takes_no_long_time(raw: bytes) -> None:
    started = time.process_time()

    with pytest.raises(RefusedJsonError):
        read_object(raw)

    assert time.process_time() - started < 0.5


def test_shown_values_are_short_and_visible() -> None:
    assert shown("plain") == "plain"
    assert shown("\x1b[2J") == '"\\u001b[2J"'
    assert shown("a\u202eb") == '"a\\u202eb"'
    assert shown({"a": None}) == '{"a": null}'
    assert len(shown("x" * 1000)) == 60
