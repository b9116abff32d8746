"""Recognizes the format of a results file by its content, and reads it."""

from typing import Any

from audits.evaluations.formats import deepeval, inspect_logs, lm_eval, promptfoo
from audits.evaluations.formats.csv_cases import read_csv_cases
from audits.evaluations.formats.json_text import value_of
from audits.evaluations.formats.zip_parts import ZipParts
from audits.evaluations.runs import EvaluationFile, RefusedEvaluationError

MOST_BYTES = 25_000_000
SMALLER_RESULTS = (
    "export the results without prompts and answers, or one file a candidate, or make "
    "a CSV file with the columns case, candidate and passed or score, or with a column "
    "for each candidate"
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_KNOWN = (
    "a JSON file of promptfoo, a log of Inspect, “results_….json” of "
    "lm-evaluation-harness, “test_run_….json” of DeepEval, or a CSV file"
)
_SELECT = f"select {_KNOWN}"


def read_evaluations(raw: bytes) -> EvaluationFile:
    """Read a results file.

    Args:
        raw: Its bytes.

    Raises:
        RefusedEvaluationError: It is of no known format or version, or damaged; says
            why in one sentence.
    """
    if len(raw) > MOST_BYTES:
        message = (
            f"The file is larger than {MOST_BYTES // 1_000_000} MB: {SMALLER_RESULTS}."
        )
        raise RefusedEvaluationError(message)
    start = raw[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        message = f"The file is empty: {_SELECT}."
        raise RefusedEvaluationError(message)
    if raw.startswith(_ZIP):
        return _read_zip(ZipParts(raw))
    if raw[:2] in _UTF_16 and raw[2:4].strip(b"\x00") in (b"{", b"["):
        message = "The JSON file is in UTF-16: save it as UTF-8, and select it again."
        raise RefusedEvaluationError(message)
    if start[:1] in (b"{", b"["):
        return _read_json(raw)
    if _is_binary(raw):
        message = f"The file is not text: {_SELECT}."
        raise RefusedEvaluationError(message)
    return read_csv_cases(raw)


def _is_binary(raw: bytes) -> bool:
    """Return whether bytes have a zero that is not of text in UTF-16."""
    return b"\x00" in raw and raw[:2] not in _UTF_16


def _read_zip(parts: ZipParts) -> EvaluationFile:
    if inspect_logs.HEADER in parts.names or any(
        name.startswith(inspect_logs.JOURNAL) for name in parts.names
    ):
        return inspect_logs.read_eval(parts)
    if any(lm_eval.RESULTS.search(name) for name in parts.names):
        return lm_eval.read_lm_eval_zip(parts)
    message = f"The zip file is no Inspect log and has no results in it: {_SELECT}."
    raise RefusedEvaluationError(message)


def _read_json(raw: bytes) -> EvaluationFile:
    first = raw[:100_000].lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0]
    if b'"doc_id"' in first and b'"filter"' in first:
        message = (
            "The file has samples of lm-evaluation-harness without their results: put "
            "both into a zip file, and select that."
        )
        raise RefusedEvaluationError(message)
    values = value_of(raw, "JSON file")
    if isinstance(values, dict):
        for is_format, read in _FORMATS:
            if is_format(values):
                return read(values)
    message = f"The JSON file is from a tool that Attune does not know: {_SELECT}."
    raise RefusedEvaluationError(message)


def _read_lm_eval(values: dict[str, Any]) -> EvaluationFile:
    return lm_eval.read_lm_eval(values)


_FORMATS = (
    (lm_eval.is_lm_eval, _read_lm_eval),
    (inspect_logs.is_inspect, inspect_logs.read_inspect),
    (promptfoo.is_promptfoo, promptfoo.read_promptfoo),
    (deepeval.is_deepeval, deepeval.read_deepeval),
)
