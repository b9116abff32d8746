"""Whether what was measured for a verdict still holds, by a newer results file.

Runs of the file take the place of the candidates of the paper that they test again. A
measured condition is an answer that such a candidate gives; it holds if the answer is
the same with the new result. A candidate that met the target and no longer does is a
difference in itself, as another one may give the same answer in its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal, Self

from audits.evaluations.days import day_that_counts
from audits.evaluations.runs import Run
from audits.frameworks.answering import flow
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import assess_on
from audits.scoring.deciding.shortfalls import gap_word
from audits.scoring.explaining.advice import as_decided
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.retests.named import NewResults, run_of
from audits.scoring.retests.older import why_older
from audits.scoring.scored.against import is_chance, is_open
from audits.scoring.scored.answers import Answered
from audits.scoring.scored.candidates import ScoredCandidate, WhyNot
from audits.scoring.scored.from_runs import model_named, result_of, why_no_candidate
from audits.scoring.scored.words import CandidateAnswer, candidate_answers

type EvidenceState = Literal["holds", "differs", "not_known"]
type WhyUntold = Literal[
    "", "no_candidates", "not_in_file", "do_not_count", "same_file", "older"
]
# “missed” if chance cannot explain that a target is no longer met, else “open”.
type TargetLost = Literal["", "missed", "open"]

# That something was tried stays true, whatever it scores.
_NOT_MEASURED = ("tried",)
_SPEED = "latency_evidence"  # which a file without times says nothing about
NOT_COUNTED: dict[WhyNot, str] = {
    "few": "it has fewer than 30 cases",
    "no_score": "it has no score",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """An answer that candidates gave, and what it is with their new results.

    `now` is None where they would not answer the question any more. `behind_before` and
    `behind_now` are the candidates that the answer rests on.
    """

    before: CandidateAnswer
    now: CandidateAnswer | None
    holds: bool
    behind_before: tuple[ScoredCandidate, ...] = ()
    behind_now: tuple[ScoredCandidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retested:
    """A candidate of the paper with its new result; `why_not` says why it is not used.

    A new result that is not used leaves the old one. `is_signed_file` says that it is
    from the file that was signed, and `called` is its name in the file, where somebody
    said that it is the candidate. `shared` of its cases are among those of the signed
    run; None where nobody knows the cases of both. One that `is_older` ran before
    the signed result. `lost` says whether it met the
    target when signed and no longer does.
    """

    before: ScoredCandidate
    now: ScoredCandidate
    why_not: str
    is_signed_file: bool = False
    called: str = ""
    shared: int | None = None
    lost: TargetLost = ""
    is_older: bool = False

    @property
    def is_another_test(self) -> bool:
        """Whether no case is one of the signed run, so that it repeats nothing."""
        return self.shared == 0 and not self.is_signed_file


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedWords:
    """What a verdict says to do: its technique, its sentence and what it waits for.

    `standing` and `subject_to` say whether training is approved, and what is open.
    `says` is the sentence as the result has it, with a name and what chance may
    explain, which decide nothing.
    """

    verdict_name: str
    sentence: str
    standing: str | None
    subject_to: tuple[str, ...]
    says: str = field(default="", compare=False)

    @classmethod
    def of(cls, assessment: Assessment) -> Self:
        """Return what the verdict of an assessment says."""
        advice = assessment.advice
        return cls(
            verdict_name=assessment.verdict_name,
            sentence=as_decided(assessment.headline),
            says=assessment.headline,
            standing=advice.standing if advice else None,
            subject_to=tuple(each.says for each in advice.subject_to) if advice else (),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTested:
    """A candidate that a step of the verdict asked to test, with its result.

    `now` is what the verdict says with it, and `stays` whether the verdict is the same.
    `why_not` says why the result does not count; empty if it does.
    """

    row: ScoredCandidate
    now: SignedWords
    stays: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCheck:
    """What a results file says of the measured conditions of a verdict.

    `missing` are measured candidates of the paper that the file has no run of.
    `unused` are runs of the file that are none of its candidates, by their names.
    `target` is the share of cases that must pass; None without one. `steps` are what
    the verdict asked to test and the file has a run of, as somebody said.
    """

    retested: tuple[Retested, ...]
    conditions: tuple[Condition, ...]
    missing: tuple[ScoredCandidate, ...]
    unused: tuple[str, ...]
    before: SignedWords
    now: SignedWords
    target: Decimal | None = None
    why_untold: WhyUntold = ""
    steps: tuple[StepTested, ...] = ()

    @property
    def counted_steps(self) -> tuple[StepTested, ...]:
        """The steps whose result counts."""
        return tuple(each for each in self.steps if not each.why_not)

    @property
    def state(self) -> EvidenceState:
        """Whether what was signed still follows, and all conditions still hold."""
        if not all(each.stays for each in self.counted_steps):
            return "differs"
        if self.why_untold:
            return "holds" if self.counted_steps else "not_known"
        return "holds" if self.is_same and not self.fallen else "differs"

    @property
    def is_same(self) -> bool:
        """Whether all answers and what was signed stay, whichever candidate gives them.

        A candidate that misses the target may have been replaced by another one.
        """
        return self.before == self.now and all(x.holds for x in self.conditions)

    @property
    def fallen(self) -> tuple[Retested, ...]:
        """The candidates that met the target when signed, and now miss it for sure."""
        return tuple(each for each in self.retested if each.lost == "missed")

    @property
    def open(self) -> tuple[Retested, ...]:
        """The candidates of which chance may explain that they reach or miss it."""
        return tuple(
            each
            for each in self.retested
            if not each.why_not
            and not each.is_signed_file
            and _is_unsure(each.now, self.target)
        )


def measured_conditions(
    framework: Framework, inputs: Inputs
) -> tuple[CandidateAnswer, ...]:
    """Return the answers of a verdict that results files measured.

    They are to questions that apply: without a live model, none is about one.

    Args:
        framework: The framework of the verdict.
        inputs: Its inputs, with the candidates that were scored then.
    """
    found = inputs.answered
    apply = {question.id for question in flow.applicable(framework, found.codes)}
    return tuple(
        each
        for each in candidate_answers(framework, found, inputs.codes, inputs.levels)
        if each.question in apply.difference(_NOT_MEASURED)
        and any(row.sha256 for row in found.behind[each.question])
    )


def check_evidence(
    framework: Framework, inputs: Inputs, on: date, new: NewResults
) -> EvidenceCheck:
    """Compare the measured conditions of a verdict with a newer results file.

    Args:
        framework: The framework of the verdict.
        inputs: Its inputs, with the candidates that were scored then.
        on: Its day.
        new: The file.
    """
    before = assess_on(framework, inputs, on)
    candidates, answered = inputs.candidates, inputs.answered
    measured = [
        row
        for row in candidates.rows
        if row.sha256 and not candidates.why_not(row, answered.codes)
    ]
    places = {row.id: run_of(row, new, measured) for row in measured}
    retested = tuple(
        _retested(row, number, new, candidates.target)
        for row in measured
        if (number := places[row.id]) is not None
    )
    counted = {each.before.id: each.now for each in retested if not each.why_not}
    rows = tuple(counted.get(row.id, row) for row in candidates.rows)
    again = replace(inputs, candidates=replace(candidates, rows=rows))
    after = assess_on(framework, again, on) if counted else before
    used = {number for number in places.values() if number is not None}
    asked = _asked(answered, counted, [new.runs[number] for number in used])
    return _unless_repeated(
        EvidenceCheck(
            retested=retested,
            conditions=tuple(
                _with_candidates(each, answered, again.answered)
                for each in _conditions(before, after, asked)
            ),
            missing=tuple(row for row in measured if places[row.id] is None),
            unused=tuple(
                model_named(run) or "a run without a name"
                for number, run in enumerate(new.runs)
                if number not in used
            ),
            before=SignedWords.of(before),
            now=SignedWords.of(after),
            target=candidates.target,
            why_untold=_why_untold(measured, retested, counted),
        )
    )


def _asked(
    answered: Answered, counted: Mapping[str, ScoredCandidate], runs: Sequence[Run]
) -> set[str]:
    """Return the questions that new results speak of."""
    untold = {*_NOT_MEASURED}
    if all(run.p95_ms is None for run in runs):
        untold.add(_SPEED)
    return {
        question
        for question, behind in answered.behind.items()
        if question not in untold and any(row.id in counted for row in behind)
    }


def _unless_repeated(found: EvidenceCheck) -> EvidenceCheck:
    """Return what a file says; that it is the signed one, if it has nothing else."""
    counted = [each for each in found.retested if not each.why_not]
    if found.state == "holds" and all(each.is_signed_file for each in counted):
        return replace(found, why_untold="same_file")
    return found


def _retested(
    row: ScoredCandidate, number: int, new: NewResults, target: Decimal | None
) -> Retested:
    run = new.runs[number]
    if why := why_no_candidate(run):
        return Retested(before=row, now=row, why_not=f"{why[0].lower()}{why[1:-1]}")
    said = {name: x for name, x in result_of(run).items() if x is not None}
    fields = {"passed": None, "mean": None} | said
    fields["day"] = day_that_counts(run.day)
    now = replace(row, **fields, sha256=new.digest, run=number)
    older = why_older(now.day, row.day, new.uploaded.get(row.id))
    why_not = older or NOT_COUNTED.get(now.why_not, "")
    return Retested(
        before=row,
        now=now,
        why_not=why_not,
        is_signed_file=row.sha256 == new.digest,
        called=new.meant.get(row.id, ""),
        shared=_shared(new.signed_runs.get(row.id), run),
        lost="" if why_not else _lost(row, now, target),
        is_older=bool(older),
    )


def _lost(
    before: ScoredCandidate, now: ScoredCandidate, target: Decimal | None
) -> TargetLost:
    """Return whether a target that was met is no longer, and how sure that is."""
    if target is None or _gap(before, target) != "met" or _gap(now, target) == "met":
        return ""
    if now.passed is None:  # of a mean score alone nobody knows the interval
        return "missed" if _gap(now, target) == "large" else "open"
    return "open" if _is_unsure(now, target) else "missed"


def _gap(row: ScoredCandidate, target: Decimal) -> str:
    return gap_word(float(target), row.score or 0.0, row.cases)


def _shared(signed: Run | None, run: Run) -> int | None:
    if signed is None or not signed.cases or not run.cases:
        return None
    return len({case.id for case in signed.cases} & {case.id for case in run.cases})


def _is_unsure(row: ScoredCandidate, target: Decimal | None) -> bool:
    return target is not None and (is_chance(row, target) or is_open(row, target))


def _conditions(
    before: Assessment, after: Assessment, asked: set[str]
) -> Iterator[Condition]:
    now = {each.question: each for each in after.from_candidates}
    for each in before.from_candidates:
        if each.question in asked:
            then = now.get(each.question)
            is_same = then is not None and (
                before.codes.get(each.question) == after.codes.get(each.question)
                and each.answer == then.answer
            )
            yield Condition(before=each, now=then, holds=is_same)


def _with_candidates(found: Condition, then: Answered, now: Answered) -> Condition:
    question = found.before.question
    return replace(
        found,
        behind_before=then.behind.get(question, ()),
        behind_now=now.behind.get(question, ()),
    )


def _why_untold(
    measured: Sequence[ScoredCandidate],
    retested: Sequence[Retested],
    new: dict[str, ScoredCandidate],
) -> WhyUntold:
    if not measured:
        return "no_candidates"
    if not retested:
        return "not_in_file"
    if new:
        return ""
    return "older" if all(each.is_older for each in retested) else "do_not_count"
