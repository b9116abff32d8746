"""What each outcome of a step would mean for the verdict, before there is one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.questions import Question
from audits.frameworks.rules import Outcome, PlannedExperiment, Verdict
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import decide_again, given_to, read_on
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.experiments import answered
from audits.scoring.deciding.flips import changed_code
from audits.scoring.deciding.possibilities import possibilities
from audits.scoring.deciding.signatures import signature
from audits.scoring.deciding.then_asked import then_asked
from audits.scoring.explaining.advised_ways import as_outcome
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.knowledge import told_by

type _Signature = tuple[bool | None, ...]


class NextStep(NamedTuple):
    """What is advised after a result, in words, and whether it is another way.

    `allows` says what the result allows again; empty if that is nothing.
    """

    says: str = ""
    is_other_way: bool = False
    allows: str = ""

    @property
    def told(self) -> str:
        """All that follows, for a row: what is allowed again, then the step."""
        return "; ".join(filter(None, (self.allows, self.says and f"then {self.says}")))


AS_NOW = NextStep()
# The verdict that follows, the questions that are opened and say which does, and the
# step that is advised then, if the verdict stays and another step is.
type Led = tuple[Verdict, tuple[str, ...], NextStep]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOutcome:
    """What could come out, in words, and the verdict that follows.

    `stays` says that it is the verdict of now. `opens` are the labels of the questions
    that are only asked then, and whose answers say which verdict follows: `verdict` is
    that without these answers. `is_improved` says that it was tested and failed, so it
    is led to only with something different, as its name says. `then` is what is advised
    then instead, where the verdict stays.
    """

    results: tuple[str, ...]
    verdict: Verdict
    verdict_name: str
    stays: bool
    opens: tuple[str, ...] = ()
    is_improved: bool = False
    then: NextStep = AS_NOW

    @property
    def next_step(self) -> str:
        """What is advised then instead; empty if that stays too."""
        return self.then.says

    @property
    def is_other_way(self) -> bool:
        """Whether that is another way to do the job, with a price of its own."""
        return self.then.is_other_way


def of_measurements(
    framework: Framework, assessment: Assessment
) -> tuple[CardOutcome, ...]:
    """Return what the measurements that come first could lead to, once all are done.

    There is one outcome for each verdict, with every result that leads to it, and one
    for what opens other questions. Where other market facts are in force since, an
    outcome has the one result that the assessment names.
    """
    plan = assessment.measurements
    if plan is None:
        return ()
    found = _every_result(framework, assessment) or {
        (each.verdict, (), AS_NOW): [each.sentence] for each in plan.outcomes
    }
    outcomes = [_outcome(framework, assessment, led, found[led]) for led in found]
    return tuple(sorted(outcomes, key=lambda outcome: bool(outcome.opens)))


def shown_besides(
    framework: Framework, assessment: Assessment, experiment: PlannedExperiment
) -> tuple[tuple[str, str], ...]:
    """Return the answers that a measurement gives whatever comes out, if they are new.

    Each is a label and the answer in words. An outcome names the result alone, and
    leads to its verdict only with these.
    """
    codes = assessment.codes
    after = [answered(framework, codes, outcome) for outcome in experiment.outcomes]
    alike = (
        (question, code)
        for question, code in after[0].items()
        if code != codes.get(question)
        and all(each.get(question) == code for each in after)
    )
    return tuple(
        (
            framework.question_by_id[question].label,
            framework.words(question, {question: code}),
        )
        for question, code in alike
    )


def _every_result(framework: Framework, assessment: Assessment) -> dict[Led, list[str]]:
    """Return all results that lead to each verdict; none if they differ by now."""
    named = assessment.measurements
    plan = decide_again(framework, assessment).plan if assessment.on else None
    if named is None or plan is None:
        return {}
    first = {x: told_by(framework, led[0]) for x, led in plan.every.items()}
    if first != {each.verdict: each.sentence for each in named.outcomes}:
        return {}
    inputs, on = given_to(assessment)
    under, codes = read_on(framework, inputs, on)
    found: dict[Led, list[str]] = {}
    for verdict, led in plan.every.items():
        for outcomes in led:
            opens = _opened_by(framework, codes, outcomes, under)
            results = found.setdefault(led_to(found, verdict, opens), [])
            told = told_by(framework, outcomes)
            results += [told] if told not in results else []
    return found


def _opened_by(
    framework: Framework,
    codes: Mapping[str, Code],
    outcomes: Iterable[Outcome],
    under: Circumstances,
) -> tuple[str, ...]:
    """Return the labels of the questions that the outcomes of experiments open."""
    after = dict(codes)
    for outcome in outcomes:
        after |= answered(framework, after, outcome)
    return opened(framework, codes, after, under)


def opened(
    framework: Framework,
    before: Mapping[str, Code],
    after: Mapping[str, Code],
    under: Circumstances,
) -> tuple[str, ...]:
    """Return the labels of the questions that other answers let decide.

    Args:
        framework: The framework of the answers.
        before: The answers of now, computed ones included.
        after: The same with what came out.
        under: The market of the day, and how the answers are proved.
    """
    changed = {
        question for question in after if after[question] != before.get(question)
    }
    applying = flow.applying(framework, flow.relevant(framework, before))
    asked = {question.id for question in applying}
    return then_asked(framework, after, changed, under, asked)


def led_to(
    found: Iterable[Led],
    verdict: Verdict,
    opens: tuple[str, ...],
    step: NextStep = AS_NOW,
) -> Led:
    """Return where a result leads: all that opens the same questions leads there."""
    there = (led for led in found if opens and led[1] == opens)
    return next(there, (verdict, opens, step))


def of_question(
    framework: Framework, assessment: Assessment, question: Question
) -> tuple[CardOutcome, ...]:
    """Return what each answer to an open question would mean, all others unchanged.

    Answers that lead to one verdict are one outcome, and so are those that open the
    same questions; those that change nothing come last. Where several options may be
    picked, each is one more pick. Nothing is returned if no answer changes the verdict
    by itself.
    """
    if not _flips(framework, assessment, question):
        return ()
    return of_question_with(framework, assessment, question, lambda _: AS_NOW)


def of_question_with(
    framework: Framework,
    assessment: Assessment,
    question: Question,
    then: Callable[[str], NextStep],
) -> tuple[CardOutcome, ...]:
    """Return what each answer would mean, as `of_question`, with what is advised then.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        question: The question that is open.
        then: Says what is advised after an option that opens no other question.
    """
    flips = _flips(framework, assessment, question)
    found: dict[Led, list[str]] = {}
    is_known = flow.is_known(assessment.codes, question.id)
    for option in question.options:
        if not (option.not_yet or (option.alone and is_known)):
            seen = _seen(framework, assessment, question, option.id)
            verdict, opens, _ = flips.get(seen, (assessment.verdict, (), AS_NOW))
            step = AS_NOW if opens else then(option.id)
            led = led_to(found, verdict, opens, step)
            found.setdefault(led, []).append(option.name)
    return by_verdict(framework, assessment, found)


def _flips(
    framework: Framework, assessment: Assessment, question: Question
) -> dict[_Signature, Led]:
    """Return where each answer leads that changes it, by what conditions see.

    Counting a fault changes it too where that leaves other questions to decide.
    """
    return _brought_up(framework, assessment, question) | {
        _seen(framework, assessment, question, flip.changes[0].option): (
            flip.verdict,
            flip.depends_on,
            AS_NOW,
        )
        for flip in assessment.flips
        if [change.question for change in flip.changes] == [question.id]
    }


def _brought_up(
    framework: Framework, assessment: Assessment, question: Question
) -> dict[_Signature, Led]:
    """Return the questions that decide once a fault is counted, if none is yet."""
    open_points = assessment.completeness.not_known if assessment.completeness else ()
    is_open = question.id in {each.question for each in open_points}
    if question.id != framework.faults_question or not is_open or not assessment.on:
        return {}
    inputs, on = given_to(assessment)
    under, codes = read_on(framework, inputs, on)
    found: dict[_Signature, Led] = {}
    for option in question.options:
        after = {**codes, question.id: (option.id,)}
        then = possibilities(framework, after, after.keys(), under)
        if not (option.not_yet or then.is_settled):
            seen = _seen(framework, assessment, question, option.id)
            opens = tuple(framework.question_by_id[x].label for x in then.questions)
            found[seen] = (assessment.verdict, opens, AS_NOW)
    return found


def _seen(
    framework: Framework, assessment: Assessment, question: Question, option: str
) -> _Signature:
    code = changed_code(framework, assessment.codes, question.id, option)
    return signature(framework, question, code)


def by_verdict(
    framework: Framework, assessment: Assessment, found: Mapping[Led, list[str]]
) -> tuple[CardOutcome, ...]:
    """Return the results of each verdict.

    Those that open questions come after them, and those that change nothing last.
    """
    outcomes = (_outcome(framework, assessment, led, found[led]) for led in found)
    return tuple(sorted(outcomes, key=lambda x: (x.stays, bool(x.opens))))


def _outcome(
    framework: Framework, assessment: Assessment, led: Led, results: Iterable[str]
) -> CardOutcome:
    verdict, opens, step = led
    plain = framework.verdicts[verdict].name
    stays = verdict == assessment.verdict and not opens
    name = plain if stays else as_outcome(assessment, verdict, plain)
    return CardOutcome(
        results=tuple(results),
        verdict=verdict,
        verdict_name=name,
        is_improved=name != plain,
        stays=stays,
        opens=opens,
        then=step,
    )
