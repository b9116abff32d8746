"""The questions of a page as a form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any, cast

from django import forms

from audits.frameworks.answering.asked_because import why_asked
from audits.frameworks.evaluation import Code
from audits.frameworks.questions import Question
from audits.models import Audit
from audits.models.evidence import questions_with_evidence
from audits.models.fields.text import TypedText, fitting_text
from audits.scoring.numbers.contradictions import Contradiction
from audits.scoring.scored.answers import ADDED_TO
from audits.scoring.scored.words import ENTERED_ONCE
from audits.services.answers.candidates import takes_candidates
from audits.services.answers.entry_checks import NOTE_MAX, Key
from audits.services.answers.merging import Sent, Stored
from audits.services.discussion.comments import MOST_CHARACTERS
from audits.services.verdicts.assessments import (
    framework_of,
    held_by_candidates,
    told_by_candidates,
)
from audits.wizard.forms.answer_fields import (
    TOO_LONG,
    field_of,
    level_field,
    note_field,
    picked_of,
    stored_of,
)
from audits.wizard.forms.layout import (
    Asked,
    Chosen,
    Slot,
    chosen_of,
    kept_slot_of,
    slot_of,
)
from audits.wizard.forms.senders import whole

# No id of a question has a hyphen.
COMMENT = "comment-text"
ADD_COMMENT = "add-comment"


class BothForm(forms.Form):
    """A note combined from two."""

    text = TypedText(
        required=False, max_length=NOTE_MAX, error_messages={"max_length": TOO_LONG}
    )


class _CommentField(TypedText):
    """A comment; an empty one is ignored, unless “Add comment” was pressed."""

    def clean(self, value: Any) -> str:
        return fitting_text(super().clean(value), MOST_CHARACTERS)


class AnswersForm(forms.Form):
    """The applicable questions of a page, each with its evidence level.

    Every question is optional. A question that does not apply has no field, so
    its stored answer is neither shown nor touched; nor has one that the candidates
    answer. `against` is what contradicts a number.
    """

    against: Sequence[Contradiction] = ()

    def __init__(
        self,
        questions: Iterable[Question],
        applicable: Iterable[str],
        audit: Audit,
        data: Any = None,
        *,
        with_notes: bool = False,
        with_comment: bool = False,
    ) -> None:
        self.audit = audit
        self.questions = {question.id: question for question in questions}
        asked = set(applicable)
        told = told_by_candidates(audit)
        self.told = {q: told[q] for q in self.questions if q in told and q in asked}
        self._held = held_by_candidates(audit)
        asked -= {q for q in self.told if q not in ADDED_TO}
        self.applicable = tuple(q for q in self.questions if q in asked)
        codes, self._counted = audit.given_codes, audit.codes
        super().__init__(data, initial=_initial(self.questions.values(), audit, codes))
        # What was sent is shown again on the versions that its page showed: nobody has
        # seen a newer one yet.
        versions = self._versions_sent if self.is_bound else partial(versions_of, audit)
        self.versions = {question: versions(question) for question in self.applicable}
        self._overruled = [
            q for q in self.told if q not in self.applicable and q in self.data
        ]
        for question in (*self.applicable, *self._overruled):
            self._add(question, audit, codes.get(question), with_notes)
        if with_comment:
            self.fields[COMMENT] = _CommentField(
                required=self.is_bound and ADD_COMMENT in self.data,
                error_messages={"required": "Enter a comment"},
            )

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The place of each question; a save that only reads the form needs none."""
        return tuple(
            self._slot(name)
            if name in self.applicable
            else Slot(question=question, told=self.told.get(name))
            for name, question in self.questions.items()
        )

    @property
    def labels_of_candidates(self) -> list[str]:
        """The labels of the answers sent that do not count: candidates give them."""
        return [self.questions[question].label for question in self._overruled]

    def _slot(self, name: str) -> Slot:
        asked = Asked(
            framework=framework_of(self.audit),
            question=name,
            field=cast("forms.ChoiceField", self.fields[name]),
            level=level_field(),
            chosen=self._chosen_in(name),
            given=self._chosen_in(f"level-{name}"),
            error=str(next(iter(self.errors.get(name, ())), "")),
            versions=self.versions[name],
            against=against_each([self.questions[name]], self.against).get(name, ""),
            told=self.told.get(name),
            takes_results=self._takes_results(name),
            is_held_back=name in self._held,
            is_bare=not (name in self._shown or self._is_counted(name)),
            because=why_asked(framework_of(self.audit), name, self._counted),
            target=self.audit.given_candidates.target,
        )
        slot = slot_of(asked) if self.is_bound else kept_slot_of(asked)
        note = f"note-{name}"
        return replace(slot, note=self[note]) if note in self.fields else slot

    @cached_property
    def _shown(self) -> frozenset[str]:
        """The questions with a link or file behind them."""
        return questions_with_evidence(self.audit)

    def _is_counted(self, name: str) -> bool:
        """Whether a results file shows the answer, as it counts what is wrong."""
        is_asked = name == framework_of(self.audit).faults_question
        return is_asked and bool(self.audit.levels.get(name, {}).get("shown"))

    def _chosen_in(self, name: str) -> Chosen:
        value = self[name].value() if self.is_bound else self.initial[name]
        return chosen_of(value)

    def _takes_results(self, question: str) -> bool:
        """Whether results could tell what was tried, on what, and what it scored."""
        may = question in ENTERED_ONCE and not told_by_candidates(self.audit)
        return may and takes_candidates(self.audit)

    def _add(
        self, question: str, audit: Audit, code: Code | None, with_notes: bool
    ) -> None:
        ticked = code if isinstance(code, str) else None
        made_with = (audit.framework, audit.framework_version)
        self.fields[question] = field_of(*made_with, question, ticked)
        self.fields[f"level-{question}"] = level_field()
        if with_notes:
            self.fields[f"note-{question}"] = note_field()

    @property
    def comment(self) -> forms.BoundField:
        """The comment field, which the page renders below the comments."""
        return self[COMMENT]

    @property
    def not_saved(self) -> list[str]:
        """The ids of the fields with an error, in the order of the page."""
        return [
            name if name.startswith("level-") else f"id_{name}" for name in self.errors
        ]

    @property
    def problems(self) -> dict[str, str]:
        """The errors by the place where the page says them; empty where none is.

        What is wrong with a level is said with the answer that it is for.
        """
        notes = [name for name in self.fields if name.startswith("note-")]
        errors = {
            name: " ".join(map(str, found)) for name, found in self.errors.items()
        }
        told = {name: errors.get(name, "") for name in notes}
        for name in self.applicable:
            told[name] = errors.get(name) or errors.get(f"level-{name}", "")
        return told

    def sent(self) -> dict[Key, Sent]:
        """Return the valid entries to save, with the versions the page showed.

        A level is never taken back: radio buttons cannot be. A page without one says so
        only about one that it does not know. Whether there is one is decided while
        saving, because somebody may give one at the same moment.
        """
        sent: dict[Key, Sent] = {}
        for name, value in self.cleaned_data.items():
            if name == COMMENT:
                continue
            kind, _, item = name.rpartition("-")
            kind = kind or "answer"
            seen = self.seen(item)[VERSIONED.index(kind)]
            if item in self._overruled:
                # It is kept in the history alone, so it overwrites nobody's.
                if kind == "answer":
                    stored = stored_of(self.questions[item], value)
                    now = Stored.of(self.audit.answers.get(item)).version
                    sent[kind, item] = Sent(value=stored, seen=now)
                continue
            if kind == "answer":
                kept = stored_of(self.questions[item], value)
                sent[kind, item] = Sent(value=kept, seen=seen)
            else:
                is_unsaid = kind == "level" and not value
                sent[kind, item] = Sent(
                    value=value or None, seen=seen, is_unsaid=is_unsaid
                )
        return sent

    def _versions_sent(self, question: str) -> str:
        return ".".join(map(str, self.seen(question)))

    def seen(self, question: str) -> tuple[int, ...]:
        """Return the versions that the page showed, where it says so."""
        said = self.data.get(f"v-{question}", "").split(".")
        return (*map(whole, said), 0, 0, 0)[:3]


def against_each(
    questions: Iterable[Question], found: Sequence[Contradiction]
) -> dict[str, str]:
    """Return what contradicts the answer of each question about a number, or ""."""
    texts = {each.question: each.text for each in found}
    return {q.id: texts.get(q.id, "") for q in questions if q.number}


VERSIONED = ("answer", "level", "note")


def field_name(kind: str, question: str) -> str:
    """Return the name of the field of an entry."""
    return question if kind == "answer" else f"{kind}-{question}"


def value_of(entries: Mapping[str, Any], item: str) -> Any:
    """Return the value of an entry, or None."""
    entry = entries.get(item)
    return entry["value"] if entry else None


def versions_of(audit: Audit, question: str) -> str:
    """Return the versions of an answer, its level and its note, as a page has them."""
    numbers = [
        Stored.of(audit.entries(kind).get(question)).version for kind in VERSIONED
    ]
    return ".".join(str(number) for number in numbers)


def _initial(
    questions: Iterable[Question], audit: Audit, codes: Mapping[str, Code]
) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for question in questions:
        name = question.id
        initial[name] = picked_of(question, codes.get(name))
        initial[f"level-{name}"] = value_of(audit.levels, name)
        initial[f"note-{name}"] = value_of(audit.notes, name)
    return initial
