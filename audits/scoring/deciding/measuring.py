"""What to measure first: experiments that could lead to training, and only those.

Value of information, by trying: each outcome of one or two experiments is decided as if
it were the answer. Source: Howard 1966, https://doi.org/10.1109/TSSC.1966.300074.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, product

from audits.frameworks import flow
from audits.frameworks.conditions import Known
from audits.frameworks.evaluation import Code, EvaluationContext, evaluate
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.rules import Measuring, Outcome, PlannedExperiment, Verdict
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.open_conditions import TRUE, OpenAnswers
from audits.scoring.deciding.verdict_table import matching_rules, verdict_of
from audits.scoring.deciding.weighing import weigh


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenExperiment:
    """An experiment that could still tell something, with what it could tell."""

    experiment: PlannedExperiment
    hours: int
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuringPlan:
    """The experiments to run at once, and the outcomes that lead to each verdict.

    `outcomes` has, for each verdict that some outcomes lead to, the first such
    outcomes: one for each experiment, in their order.
    """

    experiments: tuple[OpenExperiment, ...]
    outcomes: Mapping[Verdict, tuple[Outcome, ...]]

    @property
    def hours(self) -> int:
        """Working hours, together."""
        return sum(each.hours for each in self.experiments)


def plan_measuring(
    framework: Framework,
    at: EvaluationContext,
    under: Circumstances,
    measuring: Measuring,
) -> MeasuringPlan | None:
    """Return the experiments worth running, or None.

    Worth it are the fewest experiments, then the quickest, of which two outcomes lead
    to different verdicts and one of them trains a model, if that is what it is for.

    Args:
        framework: The framework whose tables decide.
        at: The answers that count, and what was weighed.
        under: The market of the day, and how the answers are proved.
        measuring: How many experiments at once, and how many hours, at most.
    """
    found = tuple(_open(framework, at))
    any_will_do = measuring.toward == "any"
    if not any_will_do and not _could_make_a_reason(framework, at, under, found):
        return None
    for count in range(1, measuring.most + 1):
        best: MeasuringPlan | None = None
        for chosen in combinations(found, count):
            hours = sum(each.hours for each in chosen)
            if hours > measuring.hours or (best and hours >= best.hours):
                continue
            outcomes = _led_to(framework, at, under, chosen)
            trains = any(_trains(framework, verdict) for verdict in outcomes)
            if len(outcomes) > 1 and (trains or any_will_do):
                best = MeasuringPlan(experiments=chosen, outcomes=outcomes)
        if best:
            return best
    return None


def _could_make_a_reason(
    framework: Framework,
    at: EvaluationContext,
    under: Circumstances,
    found: tuple[OpenExperiment, ...],
) -> bool:
    """Return whether some outcomes of all experiments could make a reason measured.

    It is much quicker than trying them, and most often none could.
    """
    told = {
        question
        for each in found
        for outcome in each.outcomes
        for question in outcome.questions
    }
    asked = framework.question_by_id.keys()
    answers = OpenAnswers(framework, at.answers, asked, under, again=told)
    return any(row & TRUE for row in answers.reasons.values())


def _open(framework: Framework, at: EvaluationContext) -> Iterator[OpenExperiment]:
    """Yield the experiments that apply and that what is measured does not answer."""
    for experiment in framework.experiments:
        if evaluate(experiment.when, at) is not True:
            continue
        shown = _shown(at, experiment)
        told = {q for outcome in experiment.outcomes for q in outcome.gives}
        if told and told <= shown:
            continue
        outcomes = tuple(x for x in experiment.outcomes if _may_come(at, x, shown))
        if len(outcomes) > 1:
            quicker = experiment.quicker
            is_quick = quicker and evaluate(quicker.when, at) is True
            hours = quicker.hours if quicker and is_quick else experiment.hours
            yield OpenExperiment(experiment=experiment, hours=hours, outcomes=outcomes)


def _shown(at: EvaluationContext, experiment: PlannedExperiment) -> set[str]:
    """Return the questions whose answers are known and shown already."""
    again = experiment.again_when
    if again and evaluate(again, at) is True:
        return set()
    return {
        question
        for outcome in experiment.outcomes
        for question in outcome.gives
        if evaluate(Known(question, known=True), at) and question not in at.asserted
    }


def _may_come(at: EvaluationContext, outcome: Outcome, shown: set[str]) -> bool:
    """Return whether an outcome contradicts nothing that is shown already."""
    return all(
        question not in shown or at.answers[question] == option
        for question, option in outcome.gives.items()
    )


def _led_to(
    framework: Framework,
    at: EvaluationContext,
    under: Circumstances,
    chosen: tuple[OpenExperiment, ...],
) -> dict[Verdict, tuple[Outcome, ...]]:
    """Return the verdicts that the outcomes of some experiments lead to."""
    found: dict[Verdict, tuple[Outcome, ...]] = {}
    for outcomes in product(*(each.outcomes for each in chosen)):
        codes, levels = dict(at.answers), dict(under.levels)
        for outcome in outcomes:
            for question, code in _answered(framework, codes, outcome).items():
                codes[question] = code
                levels[question] = "measured"
        then = replace(under, levels=levels)
        verdict = _verdict(framework, flow.relevant(framework, codes), then)
        found.setdefault(verdict, outcomes)
    return found


def _answered(
    framework: Framework, codes: Mapping[str, Code], outcome: Outcome
) -> dict[str, Code]:
    """Return the answers that an outcome gives, beside those that are there."""
    found: dict[str, Code] = {**outcome.gives, **outcome.replaces}
    found |= {q: x for q, x in outcome.fills.items() if not flow.is_known(codes, q)}
    for question, option in outcome.raises.items():
        order = [each.id for each in framework.question_by_id[question].options]
        now = codes.get(question)
        is_more = now in order and order.index(str(now)) >= order.index(option)
        found[question] = str(now) if is_more else option
    for question, picks in outcome.adds.items():
        code = codes.get(question, UNKNOWN)
        there = () if code == UNKNOWN else _real_picks(framework, question, code)
        found[question] = tuple(dict.fromkeys((*there, *picks)))
    return found


def _real_picks(framework: Framework, question: str, code: Code) -> tuple[str, ...]:
    """Return what was picked, without what says that nobody has looked."""
    options = framework.question_by_id[question].options
    looked = {option.id for option in options if not option.not_yet}
    return tuple(pick for pick in code if pick in looked)


def _verdict(
    framework: Framework, codes: Mapping[str, Code], under: Circumstances
) -> Verdict:
    """Decide without asking again whether to measure."""
    weighed = weigh(framework, codes, under)
    rules = matching_rules(framework, weighed.at)
    rule = next(rule for rule in rules if rule.measuring is None)
    return verdict_of(rule, weighed.context_rule)


def _trains(framework: Framework, verdict: Verdict) -> bool:
    return framework.families[framework.verdicts[verdict].family].trains
