"""All entries of an audit as values for a program, with all that is about each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from audits.models import Audit, Comment, Evidence, RemovedEvidence, User, Version
from audits.scoring.numbers.currency import KEY
from audits.services.answers.words import currency_then, words_of
from audits.services.papers.entries import (
    Row,
    Said,
    candidates_of,
    numbers_of,
    sections_of,
)
from audits.services.verdicts.assessments import framework_of

type Values = dict[str, Any]

_APART = (Version.Kind.NUMBER, Version.Kind.CANDIDATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What is about the entries of an audit, each from old to new.

    A version is found by its kind and item; that of an answer, a level or a note by
    `QUESTION` and its question.
    """

    files: Mapping[str, list[Values]]
    removed: Mapping[str, list[Values]]
    comments: Mapping[str, list[Values]]
    versions: Mapping[tuple[str, str], list[Values]]


QUESTION = "question"


def exported_answers(audit: Audit) -> Values:
    """Return what the page of answers shows, with nothing cut."""
    about = _about(audit)
    return {
        "use_case": audit.use_case.reference,
        "name": audit.use_case.name,
        "audit": str(audit.pk),
        "framework": audit.framework,
        "version": audit.framework_version,
        "state": audit.state,
        "submitted": _given(audit.submitted_by, audit.submitted_at),
        "answers": [
            _answer(audit, row, about) for _, rows in sections_of(audit) for row in rows
        ],
        "test_results": _others(audit, "candidate", candidates_of(audit), about),
        "numbers": _others(audit, "number", numbers_of(audit), about),
    }


def _answer(audit: Audit, row: Row, about: _About) -> Values:
    question = row.question
    return {
        "id": question.id,
        "section": question.section,
        "label": question.label,
        "question": question.text,
        "applies": row.is_asked,
        "answer": _said(audit, "answer", row.answer, question.id),
        "by_hand": _said(audit, "answer", row.by_hand, question.id),
        "level": _said(audit, "level", row.level, question.id),
        "counts_as_asserted": bool(row.unshown),
        "note": _said(audit, "note", row.note, question.id),
        "evidence": about.files.get(question.id, []),
        "removed_evidence": about.removed.get(question.id, []),
        "comments": about.comments.get(question.id, []),
        "history": about.versions.get((QUESTION, question.id), []),
    }


def _others(
    audit: Audit, kind: str, rows: Iterable[Said], about: _About
) -> list[Values]:
    return [
        {
            "id": said.item,
            "label": said.label,
            **(_said(audit, kind, said, said.item) or {}),
            "history": about.versions.get((kind, said.item), []),
        }
        for said in rows
    ]


def _said(audit: Audit, kind: str, said: Said | None, item: str) -> Values | None:
    """Return an entry with its value, if somebody gave it; None if there is none."""
    if said is None:
        return None
    value = audit.entries(kind).get(item, {}).get("value") if said.by else None
    return {"value": value, "words": said.words, **(_given(said.by, said.at) or {})}


def _given(by: User | None, at: Any) -> Values | None:
    return {"by": str(by), "at": at} if by else None


def _about(audit: Audit) -> _About:
    files, removed = defaultdict[str, list[Values]](list), defaultdict(list)
    own = Evidence.objects.filter(audit=audit).with_problem()
    for each in own.select_related("added_by"):
        found = {**each.told, **_given_as("added", each.added_by, each.added_at)}
        size = {} if each.link else {"size": each.size, "problem": each.problem}
        files[each.question].append({**found, **size})
    for gone in RemovedEvidence.objects.with_people().filter(audit=audit):
        removed[gone.question].append(
            {
                **gone.told,
                **_given_as("added", gone.added_by, gone.added_at),
                **_given_as("removed", gone.removed_by, gone.removed_at),
            }
        )
    return _About(
        files=files, removed=removed, comments=_comments(audit), versions=_all(audit)
    )


def _given_as(done: str, by: User, at: Any) -> Values:
    return {f"{done}_by": str(by), f"{done}_at": at}


def _comments(audit: Audit) -> Mapping[str, list[Values]]:
    found = defaultdict[str, list[Values]](list)
    own = Comment.objects.with_people().filter(audit=audit)
    for each in own.order_by("at", "pk"):
        resolved = (
            _given_as("resolved", each.resolved_by, each.resolved_at)
            if each.resolved_by
            else {}
        )
        said = {"text": each.text, "by": str(each.by), "at": each.at, **resolved}
        found[each.question].append(said)
    return found


def _all(audit: Audit) -> Mapping[tuple[str, str], list[Values]]:
    """Return every version, also those that were set aside."""
    framework = framework_of(audit)
    versions = list(Version.objects.filter(audit=audit).select_related("by"))
    of_currency = [each for each in versions if each.item == KEY]
    found = defaultdict[tuple[str, str], list[Values]](list)
    for each in reversed(versions):
        currency = currency_then(of_currency, each)
        found[each.kind if each.kind in _APART else QUESTION, each.item].append(
            {
                "kind": each.kind,
                "value": each.value,
                "words": words_of(
                    framework, each.kind, each.item, each.value, currency
                ),
                "by": str(each.by),
                "at": each.at,
                "set_aside": each.set_aside,
            }
        )
    return found
