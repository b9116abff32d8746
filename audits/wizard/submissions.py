"""The answers, levels, notes and numbers of an audit, to read only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audits.access.audits import audit_for_viewing
from audits.access.members import MemberRequest, members_only
from audits.frameworks.answering import flow
from audits.frameworks.questions import Question, Section
from audits.models import Audit, Evidence, RemovedEvidence, User
from audits.models.audits import values
from audits.scoring.numbers.currency import currency_of
from audits.scoring.scored.words import CandidateAnswer, candidate_in_words
from audits.services.answers.comments import commented_questions
from audits.services.read_files.usage_uploads import sources_of
from audits.services.reviews.audits import digest_of_entries
from audits.services.verdicts.assessments import framework_of, told_by_candidates
from audits.wizard.words import label_of, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One entry in words, who gave it and when; nobody, if there is none."""

    label: str
    words: str
    by: User | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """All that was said about one question.

    `by_hand` is an answer beside the one that candidates give, which counted.
    """

    question: Question
    is_asked: bool
    answer: Said
    by_hand: Said | None
    level: Said | None
    note: Said | None
    evidence: int
    removed: int
    comments: int


@members_only
@require_GET
def submission(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show all entries of an audit, as they were signed once it is signed off."""
    audit = audit_for_viewing(request.membership, audit_id)
    people = _people(audit)
    context = {
        "audit": audit,
        "use_case": audit.use_case,
        "nav": "portfolio",
        "title": _title(audit),
        "sections": _sections(audit, people),
        "numbers": _numbers(audit, people),
        "candidates": _candidates(audit, people),
        "entries": digest_of_entries(audit),
        "may_contribute": request.membership.may_contribute,
    }
    return render(request, "wizard/submission/submission.html", context)


def _title(audit: Audit) -> str:
    if audit.is_discarded:
        return "Answers of a discarded draft"
    return "Answers so far" if audit.is_draft else "Answers as submitted"


def _sections(
    audit: Audit, people: Mapping[int, User]
) -> list[tuple[Section, list[Row]]]:
    rows = list(_rows(audit, people))
    return [
        (section, [row for row in rows if row.question.section == section.id])
        for section in framework_of(audit).sections
    ]


def _rows(audit: Audit, people: Mapping[int, User]) -> Iterator[Row]:
    """Yield the questions that are asked, and others that somebody answered."""
    framework = framework_of(audit)
    asked = {question.id for question in flow.applicable(framework, audit.codes)}
    comments = {row.question.id: row.count for row in commented_questions(audit).rows}
    evidence, removed = (
        dict(
            kind.objects.filter(audit=audit)
            .order_by()
            .values_list("question")
            .annotate(Count("pk"))
        )
        for kind in (Evidence, RemovedEvidence)
    )
    told = told_by_candidates(audit)
    for question in framework.questions:
        answer, level, note = (
            _said(audit, kind, question.id, people)
            for kind in ("answer", "level", "note")
        )
        if question.id in asked or answer or level or note:
            yield Row(
                question=question,
                is_asked=question.id in asked,
                answer=_counted(audit, question, told.get(question.id), answer),
                by_hand=answer if question.id in told else None,
                level=level,
                note=note,
                evidence=evidence.get(question.id, 0),
                removed=removed.get(question.id, 0),
                comments=comments.get(question.id, 0),
            )


def _counted(
    audit: Audit, question: Question, told: CandidateAnswer | None, by_hand: Said | None
) -> Said:
    """Return what counts: what candidates answer, people said or is computed."""
    if told:
        return Said(label=question.label, words=f"{told.answer} ({told.because})")
    if by_hand:
        return by_hand
    framework = framework_of(audit)
    words = words_of(framework, "answer", question.id, None)
    frozen: Mapping[str, Any] = audit.assessment or {}
    code = frozen.get("codes", {}).get(question.id)
    if code is not None:
        counted = words_of(framework, "answer", question.id, code)
        words = f"{counted} (computed from the numbers and the market)"
    return Said(label=question.label, words=words)


def numbers_of(audit: Audit) -> list[Said]:
    """Return the numbers of an audit in words."""
    return _numbers(audit, _people(audit))


def _numbers(audit: Audit, people: Mapping[int, User]) -> list[Said]:
    found, sources = [], sources_of(audit)
    for item in audit.numbers:
        said, source = _said(audit, "number", item, people), sources.get(item)
        if said and source:
            said = replace(said, words=f"{said.words} (measured: {source.said})")
        if said:
            found.append(said)
    return found


def candidates_of(audit: Audit) -> list[Said]:
    """Return the candidates of an audit, and what they must reach, in words."""
    return _candidates(audit, _people(audit))


def _candidates(audit: Audit, people: Mapping[int, User]) -> list[Said]:
    target, rows = audit.inputs.candidates.target, values(audit.candidates)
    found = ((item, _said(audit, "candidate", item, people)) for item in rows)
    return [
        replace(said, words=candidate_in_words(item, rows[item], target))
        for item, said in found
        if said
    ]


def _said(
    audit: Audit, kind: str, item: str, people: Mapping[int, User]
) -> Said | None:
    """Return an entry; None if there is none or it was withdrawn."""
    entry: Mapping[str, Any] = audit.entries(kind).get(item, {})
    value = entry.get("value")
    if value is None:
        return None
    framework = framework_of(audit)
    return Said(
        label=label_of(framework, kind, item),
        words=words_of(
            framework, kind, item, value, currency_of(values(audit.numbers))
        ),
        by=people.get(entry["by"]),
        at=datetime.fromisoformat(entry["at"]),
    )


def _people(audit: Audit) -> dict[int, User]:
    """Return who gave the entries of an audit, by id."""
    documents = (
        *(audit.answers, audit.levels, audit.notes, audit.numbers),
        audit.candidates,
    )
    ids = {entry["by"] for entries in documents for entry in entries.values()}
    return User.objects.in_bulk(ids)
