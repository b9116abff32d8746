"""All entries of an audit in words: answers, levels, notes, numbers, candidates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count

from audits.frameworks.answering import flow
from audits.frameworks.questions import Question, Section
from audits.models import Audit, Evidence, RemovedEvidence, User
from audits.models.audits import values
from audits.scoring.numbers.currency import currency_of
from audits.scoring.proposals.proposal import DOLLARS
from audits.scoring.scored.words import CandidateAnswer, candidate_in_words
from audits.services.answers.levels import said_with_nothing
from audits.services.answers.words import label_of, words_of
from audits.services.discussion.comments import commented_questions
from audits.services.read_files.usage_uploads import sources_of
from audits.services.verdicts.assessments import framework_of, told_by_candidates


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One entry in words, who gave it and when; nobody, if there is none.

    `item` is its id among the entries of its kind.
    """

    item: str = ""
    label: str
    words: str
    by: User | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """All that was said about one question.

    `by_hand` is an answer beside the one that candidates give, which counted. `unshown`
    is how it is said to be known where nothing shows it, so that it counts as asserted.
    `meaning` says what the name of an answer by hand does not; it may be empty.
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
    unshown: str = ""
    meaning: str = ""


def sections_of(audit: Audit) -> list[tuple[Section, list[Row]]]:
    """Return what was said about each question, by section."""
    rows = list(_rows(audit, _people(audit.answers, audit.levels, audit.notes)))
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
    told, unshown = told_by_candidates(audit), said_with_nothing(audit)
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
                unshown=unshown.get(question.id, ""),
                meaning="" if question.id in told else _meaning(audit, question),
            )


def _meaning(audit: Audit, question: Question) -> str:
    """Return what the name of the chosen answer does not say; may be empty."""
    code = values(audit.answers).get(question.id)
    return next((x.text for x in question.options if x.id == code), "")


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
    found, sources, people = [], sources_of(audit), _people(audit.numbers)
    for item in audit.numbers:
        said, source = _said(audit, "number", item, people), sources.get(item)
        if said and source:
            said = replace(said, words=f"{said.words} (measured: {source.said})")
        if said:
            found.append(said)
    return found


def candidates_of(audit: Audit) -> list[Said]:
    """Return the candidates of an audit, and what they must reach, in words."""
    people = _people(audit.candidates)
    target, rows = audit.given_candidates.target, values(audit.candidates)
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
    framework, numbers = framework_of(audit), values(audit.numbers)
    offered = numbers.get("proposal_currency") or DOLLARS
    return Said(
        item=item,
        label=label_of(framework, kind, item),
        words=words_of(
            framework, kind, item, value, currency_of(numbers), offered=offered
        ),
        by=people.get(entry["by"]),
        at=datetime.fromisoformat(entry["at"]),
    )


def _people(*documents: Mapping[str, Any]) -> dict[int, User]:
    """Return who gave the entries of some kinds, by id."""
    ids = {entry["by"] for entries in documents for entry in entries.values()}
    return User.objects.in_bulk(ids)
