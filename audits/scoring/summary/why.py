"""Why a verdict is what it is: the conditions that decided, each with its evidence.

Page 1 of a paper and the result page say the same rows.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from itertools import islice

from audits.frameworks.rules import Prerequisite
from audits.frameworks.schema import LIVE, Framework
from audits.scoring.days import in_words
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.grades.known_on import known_on
from audits.scoring.explaining.grades.standings import FORBIDS, IN_SHORT, MATCHED
from audits.scoring.explaining.trace_shapes import Reading, ReasonStep, Step
from audits.scoring.summary.deciding_answers import (
    answers_against,
    carrying,
    deciding_answers,
    lacking_to_run,
)
from audits.scoring.summary.found.found import ANY_REASON, NO, Found
from audits.scoring.summary.found.found_scores import results_behind, score_behind
from audits.scoring.summary.found.found_words import cases_of_set, sentence, shown_by
from audits.scoring.summary.found.rows import (
    MOST_NAMED,
    answers_in,
    is_unproven,
    named_answers,
    row_of,
)

LINES = 3
IN_A_LINE = 60  # letters on half a page
_BELOW = 88  # letters of the small line below a condition
_WIDER, _NO_WIDER = 1.25, 7  # a bold letter; “Does not hold” beside “Holds”

# What a test set is asked about, and how many cases it has.
_TEST_SET = "eval"
FIRST = "The rule that decided"
USE = "What to use"
REASON = "Reason to train"
_ALIKE = "The same answers"

_ON_TEST_SET = ("tried", "quality_gap", "passed", "trial", "incumbent", "smaller_model")


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyLine:
    """A condition that decided, for the result page.

    Attributes:
        id: The rule, reason or blocker; empty if it is none of them.
        part: What it is for the verdict; empty if its row says it.
        row: What page 1 of a paper says of it.
        says: Its sentence; empty if the summary of the verdict says it.
        basis: On how many cases its evidence rests, and of when it is; may be empty.
        brief: An answer that shows it, if one line holds it beside the condition.
        because: What one line below it has room for, where there is no such answer.
    """

    id: str
    part: str
    row: Found
    says: str
    basis: str
    brief: str
    because: str

    @property
    def how_known(self) -> tuple[str, str]:
        """How well the answers are known, and on how many cases: a word, the rest."""
        return known_on(self.row.known, self.basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decided:
    """A step that decided, what it is, its row, its sentence and all that it read.

    `decisive` are the answers that its row names first, and `shown` those it names.
    """

    row: Found
    part: str
    id: str = ""
    text: str = ""
    read: tuple[Reading, ...] = ()
    decisive: frozenset[str] = frozenset()
    shown: tuple[Reading, ...] = ()


def deciding_conditions(
    framework: Framework, assessment: Assessment
) -> Iterator[Found]:
    """Yield what decided: the rule, what to use, blockers, reasons, then other rules.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    return (each.row for each in _decided(framework, assessment))


def why_lines(framework: Framework, assessment: Assessment) -> tuple[WhyLine, ...]:
    """Return the first three of them.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    first = deciding_step(framework, assessment).id
    decided = tuple(islice(_decided(framework, assessment), LINES))
    room = IN_A_LINE - _NO_WIDER * any(each.row.holds == NO for each in decided)
    known: list[str] = []
    for each in decided:
        said = _briefs(framework, assessment, each, room)
        known.append(next((words for words in said if words not in known), ""))
    return tuple(
        WhyLine(
            id=each.id,
            part=FIRST if each.id == first else each.part,
            row=each.row,
            says="" if each.text in assessment.lead else each.text,
            basis=_basis(framework, assessment, each),
            brief=brief,
            because="" if brief else _because(framework, assessment, each),
        )
        for each, brief in zip(decided, known, strict=True)
    )


def _briefs(
    framework: Framework, assessment: Assessment, each: _Decided, room: float
) -> Iterator[str]:
    """Yield what shows a condition in one line: its first answer, not what is done now.

    A reason is one word, so any of its answers can be beside it.
    """
    rest = answers_in(framework, assessment, each.read) if each.part == REASON else ()
    shown = [x for x in each.shown if x.id != framework.state_question]
    for reading in (*(shown if rest else shown[:1]), *rest):
        words = lower_first(shown_by(framework, assessment, reading))
        is_other = words != lower_first(each.row.condition)
        if is_other and len(words) + _WIDER * len(each.row.condition) <= room:
            yield words


def _because(framework: Framework, assessment: Assessment, each: _Decided) -> str:
    """Return what its row says, or only the first answer where that is too long."""
    whole = each.row.better or each.row.found
    if len(whole) <= _BELOW or not each.shown:
        return whole
    return sentence((shown_by(framework, assessment, each.shown[0]),))


def deciding_step(framework: Framework, assessment: Assessment) -> Step:
    """Return the rule that decided: of the context layer, where that is the answer."""
    trace = assessment.trace
    step = next(each for each in trace.verdict_rules if each.outcome == "fired")
    rule = next(each for each in framework.verdict_rules if each.id == step.id)
    if rule.verdict != "context_layer":
        return step
    return next(each for each in trace.context_rules if each.outcome == "fired")


def _decided(framework: Framework, assessment: Assessment) -> Iterator[_Decided]:
    """Yield each of them; a row that would say the same again names other answers."""
    said: set[str] = set()
    read: set[str] = set()
    first = deciding_step(framework, assessment).id
    found = _each(framework, assessment)
    for each in sorted(found, key=lambda x: (x.id != first, x.part != USE)):
        row = each.row
        if row.found in said:
            row = _with_others(framework, assessment, each, read)
        said.add(row.found)
        read |= {reading.id for reading in each.read}
        yield replace(each, row=row)


def _with_others(
    framework: Framework, assessment: Assessment, each: _Decided, before: Set[str]
) -> Found:
    """Return a row with answers that it did not name, first what it alone read."""
    holds, decisive = each.row.holds, each.decisive
    named = named_answers(framework, assessment, holds, each.read, decisive)
    rest = [x for x in each.read if x not in named or x.id in decisive]
    rest.sort(key=lambda reading: reading.id in before)
    if len(answers_in(framework, assessment, rest)) <= len(decisive):
        return replace(each.row, found=f"{_ALIKE}: {lower_first(each.row.found)}")
    shown = named_answers(framework, assessment, holds, rest, decisive)
    name = each.row.condition
    row = row_of(framework, assessment, name, holds, each.read, shown=shown)
    return replace(row, is_use=each.row.is_use)


def proofs(framework: Framework, assessment: Assessment) -> Mapping[str, EvidenceLevel]:
    """Return the weakest level of evidence of each rule that decided, by its id.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    return {
        each.id: each.row.level
        for each in _decided(framework, assessment)
        if each.id and each.row.level
    }


def told_of(framework: Framework, assessment: Assessment) -> Iterator[Reading]:
    """Yield what the blockers, reasons and rules read that have a row of their own."""
    trace = assessment.trace
    yield from (
        x for each in trace.blockers if each.outcome == "fired" for x in each.read
    )
    yield from (x for each in _holding(assessment) for x in each.read)
    yield from (x for each in _rules(framework, assessment) for x in each.read)


def _holding(assessment: Assessment) -> list[ReasonStep]:
    """Return the reasons that hold, those first that are measured."""
    reasons = assessment.trace.reasons
    holding = [r for r in reasons if r.standing in ("measured", "claimed")]
    return sorted(holding, key=lambda r: r.standing != "measured")


def _each(framework: Framework, assessment: Assessment) -> Iterator[_Decided]:
    if first := assessment.prerequisite:
        yield _unmet(framework, assessment, first)
        return
    trace = assessment.trace
    for step in trace.blockers:
        if step.outcome == "fired":
            yield _of_step(framework, assessment, step, FORBIDS, "")
    holding = _holding(assessment)
    for reason in holding:
        yield _reason(framework, assessment, reason)
    for step in _rules(framework, assessment):
        is_context = step.id in {rule.id for rule in framework.context_rules}
        part = USE if is_context else ""
        yield _of_step(framework, assessment, step, MATCHED, part)
    if not holding:
        yield _Decided(row=_none(assessment), part="")


def _rules(framework: Framework, assessment: Assessment) -> Iterator[Step]:
    """Yield the rules that fired and rest on answers.

    The rule that decided may read none: it rests on what it takes to run a model and is
    missing, or else on those that kept the others from deciding.
    """
    # Beside a trained model, or a live one that stays, the context layer is no reason.
    trains = framework.families[assessment.family].trains
    trace = assessment.trace
    context = () if trains or assessment.family in LIVE else trace.context_rules
    decided_by = deciding_step(framework, assessment)
    for step in (*context, *trace.verdict_rules):
        has_answers = bool(answers_in(framework, assessment, step.read))
        if step is decided_by and not has_answers:
            lacking = tuple(lacking_to_run(framework, assessment))
            against = tuple(islice(answers_against(framework, assessment), MOST_NAMED))
            if read := lacking or against or step.read:
                yield replace(step, read=read)
        elif step.outcome == "fired" and step.read:
            yield step


def _none(assessment: Assessment) -> Found:
    """Say that no reason is proved, and what decides where a successor is tested."""
    reasons = assessment.trace.reasons
    said = f"None of the {len(reasons)} reasons is proved"
    if assessment.advice and assessment.advice.is_compared:
        said = "No reason to train is proved: of those that pass, the cheapest is used"
    unknown = sum(x.shown == "unknown" for x in reasons)
    if unknown:
        said = f"{said}; {unknown} {'is' if unknown == 1 else 'are'} open"
    holds = IN_SHORT["unknown"] if unknown else NO
    return Found(condition=ANY_REASON, holds=holds, found=said, level=None)


def _unmet(
    framework: Framework, assessment: Assessment, first: Prerequisite
) -> _Decided:
    """Return the answers that show what has to be settled before all else."""
    read = tuple(
        Reading(
            id=question,
            label=framework.question_by_id[question].label,
            answer=framework.words(question, assessment.codes),
        )
        for question in first.questions
    )
    shown = named_answers(framework, assessment, NO, read)
    row = row_of(framework, assessment, first.is_met, NO, read, shown=shown)
    text, shows = first.because, tuple(shown)
    return _Decided(row=row, part="Comes first", text=text, read=read, shown=shows)


def _of_step(
    framework: Framework, assessment: Assessment, step: Step, holds: str, part: str
) -> _Decided:
    decisive = deciding_answers(framework, assessment, step)
    shown = named_answers(framework, assessment, holds, step.read, decisive)
    row = row_of(framework, assessment, step.name, holds, step.read, shown=shown)
    return _Decided(
        id=step.id,
        part=part,
        row=replace(row, is_use=part == USE),
        text=step.text,
        read=step.read,
        decisive=decisive,
        shown=tuple(shown),
    )


def _reason(
    framework: Framework, assessment: Assessment, reason: ReasonStep
) -> _Decided:
    holds = IN_SHORT[reason.shown]
    read = reason.read
    if reason.standing == "claimed":
        read = tuple(
            sorted(read, key=lambda r: not is_unproven(framework, assessment, r))
        )
    needed = deciding_answers(framework, assessment, reason)
    carries = carrying(framework, assessment, reason, needed)
    shown = named_answers(framework, assessment, holds, read, carries)
    row = row_of(framework, assessment, reason.name, holds, read, shown=shown)
    return _Decided(
        id=reason.id,
        part=REASON,
        row=row,
        text=reason.because,
        read=read,
        decisive=carries,
        shown=tuple(shown),
    )


def _basis(framework: Framework, assessment: Assessment, each: _Decided) -> str:
    """Return on how many cases it rests, and the day of the latest of their results.

    That no reason is shown rests on all that was tested.
    """
    if not each.read:
        return assessment.advice.strength.says if assessment.advice else ""
    shown = named_answers(
        framework, assessment, each.row.holds, each.read, each.decisive
    )
    named = {reading.id for reading in shown}
    for scored in assessment.from_candidates:
        if scored.question in named and scored.question != _TEST_SET:
            rows, says = results_behind(framework, assessment, scored)
            days = [row.day for row in rows if row.day]
            latest = f", last on {in_words(max(days))}" if days else ""
            # Of several results, a row has room for what decides of them.
            short = score_behind(framework, assessment, named) if rows[1:] else ""
            return f"{short or says}{latest}"
    cases = cases_of_set(framework, assessment)
    # Only what the row names was found on them: other answers have no cases.
    return "" if named.isdisjoint(_ON_TEST_SET) or cases in each.row.found else cases
