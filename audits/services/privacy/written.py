"""The columns in which people write, the only ones that an erasure changes.

Codes, keys, digests, answers and what a frozen assessment decides are the program's:
nobody writes in them, so a name that looks like one of theirs must leave them as they
are. Of an assessment only who ran a test is what people wrote.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.db import models

from audits.models.fields.text import CleanCharField, CleanTextField

# Names of what many people work with, which are no mention of anybody.
_NAMES_OF_THINGS = frozenset(
    (
        "organization.name",
        "team.name",
        "directorygroup.name",
        "usecase.external_reference",
    )
)
_PAGE_ONE = (
    *("meeting", "sponsor", "decision_asked", "if_nothing", "why_now", "next_date"),
    *("text", "owner"),
)
_ANY = None
# Columns of JSON, and below which keys people's words are; anywhere of None.
_IN_JSON: Mapping[str, tuple[str, ...] | None] = {
    "audit.notes": ("value",),
    "audit.numbers": ("value",),
    "audit.candidates": _ANY,
    "audit.assessment": ("run_by", "by", "link"),
    "boarddecision.follow_ups": ("name", "to", "words", "done"),
    "bulkchange.wanted": _ANY,
    "bulkchange.written": _ANY,
    "cover.risks": ("text", "owner"),
    "coverversion.words": _PAGE_ONE,
    "import.rows": _ANY,
    "importedrow.cells": _ANY,
    "review.evidence": ("name", "link"),
    "review.page_one": _PAGE_ONE,
    "review.points": ("words",),
    "usecase.own": _ANY,
    "version.value": _ANY,
    "dbtaskresult.args_kwargs": _ANY,
    "dbtaskresult.return_value": _ANY,
}
# Copies of people's words, and sentences that are put together of them.
_COPIES = frozenset(
    (
        *("audit.review_cause", "boardpack.failure", "bulkchange.failure"),
        *("import.failure", "report.failure", "rescore.failure", "boardpack.notice"),
        *("report.notice", "resultscheck.sentence", "resultscheck.contradicts"),
        *("portfoliorow.name", "portfoliorow.signed_name", "portfoliorow.tags"),
        *("portfoliorow.tag_keys", "portfoliorow.approval", "portfoliorow.vote_lacks"),
        *("portfoliorow.ask", "portfoliorow.board_missing"),
        *("portfoliorow.review_cause", "logentry.object_repr"),
        *("logentry.change_message", "dbtaskresult.traceback"),
    )
)
# What may be a code or a moment, whatever is around it.
_CODE = re.compile(r"[a-z0-9_.:/+-]+|[A-Z]{3}|\d{4}-\d\d-\d\dT[0-9.:+-]+Z?")

type Put = Callable[[str], str]


def written_columns(
    model: type[models.Model],
) -> dict[str, models.Field[Any, Any]]:
    """Return the columns of a model that hold what people wrote, by name."""
    own = {f"{model._meta.model_name}.{f.name}": f for f in model._meta.concrete_fields}
    return {f.attname: f for key, f in own.items() if _is_written(key, f)}


def _is_written(key: str, field: models.Field[Any, Any]) -> bool:
    if isinstance(field, CleanCharField | CleanTextField | models.URLField):
        return key not in _NAMES_OF_THINGS
    return key in _IN_JSON or key in _COPIES


def put_in(field: models.Field[Any, Any], value: Any, put: Put) -> Any:
    """Return the value of a column, changed by `put` where it is what people wrote."""
    if isinstance(field, models.JSONField):
        keys = _IN_JSON[f"{field.model._meta.model_name}.{field.name}"]
        return _put(value, keys, put, is_below=keys is _ANY)
    if not isinstance(value, str):
        return value
    if isinstance(field, models.URLField):
        return _put_in_link(value, put)
    return put(value)[: getattr(field, "max_length", None)]


def _put(value: Any, keys: tuple[str, ...] | None, put: Put, *, is_below: bool) -> Any:
    if isinstance(value, dict):
        return {
            key: _put(each, keys, put, is_below=is_below or key in (keys or ()))
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_put(each, keys, put, is_below=is_below) for each in value]
    if isinstance(value, str) and is_below and not _CODE.fullmatch(value):
        return put(value)
    return value


def _put_in_link(link: str, put: Put) -> str:
    """A link is followed: only a mail address in it names somebody for certain."""
    return put(link) if "@" in link else link
