"""What an annex prints of a submitted audit: its entries, and all that is about them.

Nothing in it changes once the audit is signed off, but for overrides of its verdict.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from audits.frameworks.named import NamedVerdict
from audits.frameworks.questions import Question
from audits.models import Audit, Comment, Evidence, RemovedEvidence
from audits.scoring.summary.found.tried_by_hand import shown_levels
from audits.services.papers.annexed_changes import CHANGE, Line, Lines, changes_of
from audits.services.papers.entries import (
    Row,
    Said,
    candidates_of,
    numbers_of,
    sections_of,
)
from audits.services.read_files.measured_numbers import MeasuredIn, measured_in
from audits.services.verdicts.assessments import (
    framework_of,
    read_once,
    verdict_shown,
)

# The most comments of an annex, and their most characters: the newest are printed.
MOST_COMMENTS = 500
MOST_CHARACTERS = 150_000
# The first digits of a hash, as pages show it.
SHORT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A link or a file behind an answer; `problem` says what is wrong with the file."""

    name: str
    what: str
    by: str
    at: datetime
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A question, a number or a candidate, and all that is about it.

    `level` is the id of how it is known; `said` is who gave the answer, `level_said`
    who said how it is known, `unshown` what they said where nothing shows it. `cut`
    says what is not printed.
    """

    label: str
    text: str = ""
    is_asked: bool = True
    answer: str
    said: str
    at: datetime | None
    by_hand: str = ""
    level: str = ""
    unshown: str = ""
    level_said: str = ""
    level_at: datetime | None = None
    proofs: tuple[Proof, ...] = ()
    note: Line | None = None
    comments: tuple[Line, ...] = ()
    changes: tuple[Line, ...] = ()
    cut: tuple[str, ...] = ()

    @property
    def has_more(self) -> bool:
        """Whether it has more than its first row."""
        return bool(self.note or self.comments or self.changes or self.cut)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of the framework; `not_asked` are questions nobody was asked."""

    title: str
    entries: tuple[Entry, ...]
    not_asked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Annexed:
    """All that an annex prints of the answers, and the verdict that counts."""

    parts: tuple[Part, ...]
    candidates: tuple[Entry, ...]
    numbers: tuple[Entry, ...]
    usage: tuple[MeasuredIn, ...]
    comments: int
    verdict: NamedVerdict | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is about the questions of an audit, by question; changes by kind, too."""

    proofs: Mapping[str, list[Proof]]
    comments: Mapping[str, Lines]
    changes: Mapping[tuple[str, str], Lines]

    def names(self, question: str) -> bool:
        """Whether anything is about a question."""
        return bool(
            self.proofs.get(question)
            or self.comments.get(question)
            or self.changes.get((CHANGE, question))
        )

    def said_of(self, item: str, kind: str = CHANGE) -> tuple[tuple[str, Lines], ...]:
        """Return the comments on an entry and its changes, each with its noun."""
        comments = self.comments.get(item) if kind == CHANGE else None
        changes = self.changes.get((kind, item))
        both = (("comment", comments), ("change", changes))
        return tuple((noun, lines) for noun, lines in both if lines)


def annexed(audit: Audit) -> Annexed:
    """Return what the annex of a submitted audit prints."""
    about = about_of(audit, until=audit.signed_off_at)
    return Annexed(
        parts=tuple(_parts(audit, about)),
        candidates=tuple(_others("candidate", candidates_of(audit), about)),
        numbers=tuple(_others("number", numbers_of(audit), about)),
        usage=measured_in(audit),
        comments=sum(lines.count for lines in about.comments.values()),
        verdict=verdict_shown(audit),
    )


def about_of(audit: Audit, until: datetime | None = None) -> About:
    """Return what is about the answers of an audit, with its comments until a time."""
    return About(
        proofs=_proofs(audit),
        comments=_comments(audit, until),
        changes=changes_of(audit, _removed(audit)),
    )


def _parts(audit: Audit, about: About) -> Iterator[Part]:
    levels: Mapping[str, str] = {}
    if audit.assessment is not None:
        levels = shown_levels(read_once(audit.assessment))
    questions = framework_of(audit).questions
    for section, rows in sections_of(audit):
        by_id = {row.question.id: row for row in rows}
        own = [each for each in questions if each.section == section.id]
        shown = [q for q in own if q.id in by_id or about.names(q.id)]
        yield Part(
            title=section.title,
            entries=tuple(
                _entry(q, by_id.get(q.id), levels.get(q.id, ""), about) for q in shown
            ),
            not_asked=tuple(q.label for q in own if q not in shown),
        )


def _entry(question: Question, row: Row | None, level: str, about: About) -> Entry:
    comments = about.comments.get(question.id, Lines())
    changes = about.changes.get((CHANGE, question.id), Lines())
    answer = row.answer if row else Said(label=question.label, words="Not asked")
    of_level, note = (row.level, row.note) if row else (None, None)
    return Entry(
        label=question.label,
        text=question.text,
        is_asked=row is None or row.is_asked,
        answer=answer.words,
        said=_name(answer),
        at=answer.at,
        by_hand=row.by_hand.words if row and row.by_hand else "",
        level=level or ("asserted" if answer.by and question.is_measurement else ""),
        unshown=row.unshown if row else "",
        level_said=_name(of_level),
        level_at=of_level.at if of_level else None,
        proofs=tuple(about.proofs.get(question.id, ())),
        note=Line(what="Note", by=_name(note), at=note.at, text=note.words)
        if note and note.at
        else None,
        comments=comments.newest,
        changes=changes.newest,
        cut=(*comments.cut("comment"), *changes.cut("change")),
    )


def _others(kind: str, rows: Iterable[Said], about: About) -> Iterator[Entry]:
    for said in rows:
        changes = about.changes.get((kind, said.item), Lines())
        yield Entry(
            label=said.label,
            answer=said.words,
            said=_name(said),
            at=said.at,
            changes=changes.newest,
            cut=tuple(changes.cut("change")),
        )


def _name(said: Said | None) -> str:
    return str(said.by) if said and said.by else ""


def _proofs(audit: Audit) -> Mapping[str, list[Proof]]:
    found: dict[str, list[Proof]] = defaultdict(list)
    own = Evidence.objects.filter(audit=audit).with_problem()
    for each in own.select_related("added_by"):
        found[each.question].append(
            Proof(
                name=each.name,
                what=_what(each),
                by=str(each.added_by),
                at=each.added_at,
                problem=each.problem or "",
            )
        )
    return found


def _what(proof: Evidence | RemovedEvidence) -> str:
    """Return the address of a link, or the short hash of a file."""
    return proof.link or f"SHA-256 {proof.digest[:SHORT]}"


def _removed(audit: Audit) -> Iterator[tuple[str, Line]]:
    """Yield what was removed from answers, by question."""
    for each in RemovedEvidence.objects.with_people().filter(audit=audit):
        kind = "Link removed" if each.link else "File removed"
        told = f"“{each.name}” ({_what(each)}), added by {each.added_by}"
        yield (
            each.question,
            Line(what=kind, by=str(each.removed_by), at=each.removed_at, text=told),
        )


def _comments(audit: Audit, until: datetime | None) -> Mapping[str, Lines]:
    """Return the comments that were there at a time, or are there now."""
    own = Comment.objects.with_people().filter(audit=audit)
    if until:
        own = own.filter(at__lte=until)
    found: dict[str, Any] = defaultdict(list)
    characters = 0
    for place, each in enumerate(own.order_by("-at", "-pk")):
        characters += len(each.text)
        fits = place < MOST_COMMENTS and characters <= MOST_CHARACTERS
        resolved = each.resolved_at and (until is None or each.resolved_at <= until)
        what = "Comment, resolved" if resolved else "Comment"
        line = Line(what=what, by=str(each.by), at=each.at, text=each.text)
        found[each.question].append(line if fits else None)
    return {question: Lines.of(lines) for question, lines in found.items()}
