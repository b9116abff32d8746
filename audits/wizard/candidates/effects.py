"""What a change of the candidates would change, before it is saved."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.older.displaced import displaced
from audits.scoring.scored.words import name_of
from audits.services.answers.candidates import Preview

_NO_ANSWER = "No answer"
_KEPT = "no answer, as it is no longer asked; yours is kept"
_NO_LEVEL = "not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedAnswer:
    """An answer as it is, and as it would be, and why."""

    label: str
    before: str
    after: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What would change: the answers, and the verdict in words.

    `levels` says how answers that stay are known, before and after. Without an answer
    so far, `was_scored` is False, as there is no verdict yet.
    """

    answers: tuple[ChangedAnswer, ...]
    levels: tuple[str, ...]
    before: str
    after: str
    headline: str
    was_scored: bool

    @property
    def is_verdict_changed(self) -> bool:
        """Whether the verdict would be another one."""
        return self.before != self.after


def effects_of(framework: Framework, found: Preview) -> Effects:
    """Return what would change."""
    because = {each.question: each.because for each in found.then.from_candidates}
    now, then = found.now.codes, found.then.codes
    changed = [q for q in framework.questions if now.get(q.id) != then.get(q.id)]
    return Effects(
        answers=tuple(
            ChangedAnswer(
                label=question.label,
                before=_words(framework, found.now, question.id),
                after=_after(framework, found, question.id),
                because=because.get(question.id, ""),
            )
            for question in changed
        ),
        levels=tuple(_levels(framework, found)),
        before=found.now.named.name,
        after=found.then.named.name,
        headline=found.then.headline,
        was_scored=bool(now),
    )


def _levels(framework: Framework, found: Preview) -> Iterator[str]:
    """Yield how an answer that stays is known, before and after."""
    for question in framework.questions:
        key = question.id
        if key not in found.now.codes:
            continue
        if found.now.codes[key] != found.then.codes.get(key):
            continue
        was, now = found.now.levels.get(key), found.then.levels.get(key)
        if was != now:
            yield f"“{question.label}” from {was or _NO_LEVEL} to {now or _NO_LEVEL}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The answers that stay open, by label, and the candidates that hold them back."""

    labels: tuple[str, ...]
    by: tuple[tuple[str, ScoredCandidate], ...]


def held_back(framework: Framework, inputs: Inputs) -> Held | None:
    """Return what candidates that count no more hold back; None if nothing."""
    held = set(inputs.answered.held)
    if not held:
        return None
    labels = tuple(q.label for q in framework.questions if q.id in held)
    rows = [row for row in inputs.candidates.rows if row.holds_back]
    # Its file is no longer that of the candidate, so nobody can remove it there.
    rows += (replace(row, sha256="") for row in displaced(inputs.candidates))
    return Held(labels=labels, by=tuple((name_of(row), row) for row in rows))


def _after(framework: Framework, found: Preview, question: str) -> str:
    """Return an answer after the change: one by hand that does not count is kept."""
    from_results = {each.question for each in found.now.from_candidates}
    is_by_hand = question in found.now.codes and question not in from_results
    if is_by_hand and question not in found.then.codes:
        return _KEPT
    return _words(framework, found.then, question)


def _words(framework: Framework, found: Assessment, question: str) -> str:
    if question not in found.codes:
        return _NO_ANSWER
    return framework.words(question, found.codes)
