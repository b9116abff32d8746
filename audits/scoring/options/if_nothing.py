"""What happens if nobody does anything, told only by what is known of a use case."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from audits.frameworks.schema import Framework
from audits.scoring.calendars.from_day import FromDay
from audits.scoring.costs.cost_numbers import SHORT_NAMES, PricedTechnique
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.explaining.advice_rows import deadline, lower_first, model_end
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import (
    TodaysPlan,
    recommended_way,
    todays_plan,
)
from audits.scoring.money.over_time.changes import follows
from audits.scoring.money.rows import MoneyRow, row_of
from audits.scoring.money.states import GOES_ON, PlanState
from audits.scoring.money.words import Money
from audits.scoring.options.bought import bought
from audits.scoring.options.going_on.until import never_ready, only_until, until_end
from audits.scoring.scored.against import share_interval
from audits.scoring.scored.candidates import LIVE_STATE, ScoredCandidate
from audits.scoring.scored.results_price import serving_row
from audits.scoring.scored.todays import todays_result
from audits.scoring.sentences.on_own_servers import at_unknown_cost, is_elsewhere

IF_NOTHING = "If we do nothing"
_STOPPED = "It stays stopped, and nothing is spent."
_ADVISED, _OVERRIDDEN = "That is the advice: ", "That is the override: "
_TUNED = "The tuned model"
_NO_PLAN: Mapping[PlanState, str] = {
    "running": "It goes on as it is today; nobody entered what that costs.",
    "planned": "Nothing changes; nobody entered a plan or what it costs.",
}
# The same where a model and its calls are entered, as from a usage file.
_UNNAMED: Mapping[PlanState, str] = {
    "running": "It goes on as it is today; nobody said which option runs.",
    "planned": "Nothing changes; nobody entered what that costs.",
}


def if_nothing(
    framework: Framework,
    assessment: Assessment,
    money: Money | None = None,
    state: PlanState = "running",
    then: FromDay | None = None,
) -> str:
    """Return what happens if nobody does anything.

    It says what goes on, what that costs and how often it is wrong, as far as somebody
    entered it, and that this is the advice where it is.

    Args:
        framework: The framework, which has the words for what is measured.
        assessment: The assessment.
        money: The money behind the verdict, to compare a plan that goes on.
        state: The state of the current plan's money.
        then: What goes on from the day of the decision; None for that of the verdict.
    """
    if state == "stopped":
        return _STOPPED
    first = assessment.prerequisite
    if assessment.family == "move" and not first:
        return _unless_moved(assessment, money, then)
    goes_on = _goes_on(assessment, money, state, then)
    if is_advised(framework, assessment, state):
        return f"{_ADVISED}{lower_first(goes_on)}"
    opens = f"It stays open {first.settles}." if first else ""
    wrong = _stays_wrong(assessment, state)
    goes_on = f"{goes_on.removesuffix('.')}; {wrong}" if wrong else goes_on
    needs = "" if wrong else _need_stays(framework, assessment)
    return " ".join(filter(None, (opens, goes_on, needs)))


def nothing_overridden(
    assessment: Assessment, money: Money | None, state: PlanState
) -> str:
    """Return what happens if nobody acts, once a person has overridden the verdict.

    What runs today goes on, or ends, whatever the verdict is. What the computed verdict
    alone says of it, such as that it is advised, is left out.

    Args:
        assessment: The computed assessment.
        money: The money of the override's option; None without a price.
        state: The state of the current plan's money.
    """
    if state == "stopped":
        return _STOPPED
    if assessment.family == "move" and not assessment.prerequisite:
        return _unless_moved(assessment, None)
    goes_on = _goes_on(assessment, money, state)
    if money and money.today == money.chosen:
        return f"{_OVERRIDDEN}{lower_first(goes_on)}"
    wrong = _stays_wrong(assessment, state)
    return f"{goes_on.removesuffix('.')}; {wrong}" if wrong else goes_on


def is_advised(framework: Framework, assessment: Assessment, state: PlanState) -> bool:
    """Return whether what runs today is to go on as it is.

    What meets the target in a test need not be what runs: a plan says whether it is.
    """
    advice = assessment.advice
    if advice is None or assessment.prerequisite:
        return False
    is_context = assessment.verdict == assessment.context_layer
    is_kept = is_context and advice.step.id in framework.kept_steps
    if not is_kept and assessment.verdict != "keep":
        return False
    today = _technique(assessment)
    if is_kept and _keeps_a_stronger_model(assessment):
        return False
    if today is None:
        return state == "running"
    way = None
    if assessment.costs is not None:
        way = recommended_way(assessment, assessment.costs.plan)
    return today == way


def _keeps_a_stronger_model(assessment: Assessment) -> bool:
    """Whether the advice is to use another model than the one that runs."""
    if (found := assessment.candidates) is None:
        return False
    row = serving_row(found, assessment.codes, "prompt", is_kept=True)
    return row is not None and row.kind == "stronger"


def _unless_moved(
    assessment: Assessment, money: Money | None, then: FromDay | None = None
) -> str:
    """Say when a tuned model ends and what follows, or that it has to be moved."""
    if end := model_end(assessment):
        name, day = end
        said = f"{_TUNED} stops when {name} retires on {in_words(day)}."
    else:
        said = f"{_TUNED} goes on; it must be moved {deadline(assessment)}."
    today = money.today if money and money.kind == "move" else None
    if today is None:
        return said
    since = f" from {in_words(then.day)}" if then else ""
    cost = written(then.year if then else today.year.expected)
    year = f"The 12 months{since} cost ${cost}."
    return " ".join(filter(None, (said, follows(today), year)))


def _goes_on(
    assessment: Assessment,
    money: Money | None,
    state: PlanState,
    then: FromDay | None = None,
) -> str:
    """Say what goes on, until when if its model ends, and for how much."""
    plan, technique = todays_plan(assessment), _technique(assessment)
    if technique is None:
        is_live = assessment.codes.get("state") == LIVE_STATE
        said = _UNNAMED if {"model", "requests"} <= {*assessment.numbers} else _NO_PLAN
        return f"{_TUNED} goes on as it is today." if is_live else said[state]
    name = f"“{SHORT_NAMES[technique]}” {GOES_ON[state]}"
    if plan is None:
        return f"{name} as it is today; it has no price here."
    year = _year(plan, money, then)
    row = _row(assessment, technique, state)
    if is_elsewhere(assessment, technique):
        until = until_end(row) or only_until(row)
        return at_unknown_cost(f"{name} {until}".strip(), year)
    if until := until_end(row):
        if paid := bought(row, money, then):
            return f"{year}: {paid}"
        if state == "planned":
            name = f"“{SHORT_NAMES[technique]}” would run"
        return never_ready(row, state, year) or f"{name} {until}: {year}."
    if until := only_until(row):
        return f"{name} {until}: {year}."
    return f"{name} and costs {year}."


def _row(
    assessment: Assessment, technique: PricedTechnique, state: PlanState
) -> MoneyRow | None:
    """Return what goes on with its 12 months; None without a price."""
    price = assessment.costs.plan.of(technique).price if assessment.costs else None
    return row_of(technique, price, ("today",), state) if price else None


def _year(plan: TodaysPlan, money: Money | None, then: FromDay | None) -> str:
    if then:
        return f"${written(then.year)} over 12 months from {in_words(then.day)}"
    return f"${written(plan.year.expected)} over 12 months{_beside(money, plan)}"


def _beside(money: Money | None, plan: TodaysPlan) -> str:
    """Say how a plan that goes on beside a training compares with it."""
    saving = money.saving_year if money and money.kind == "train" else None
    if money is None or saving is None or plan.technique == money.chosen.technique:
        return ""
    word = "more" if saving >= 0 else "less"
    chosen = SHORT_NAMES[money.chosen.technique]
    return f", ${written(abs(saving))} {word} than “{chosen}”"


def _stays_wrong(assessment: Assessment, state: PlanState) -> str:
    """Say what share stays wrong by the score of what runs, and how many calls.

    Its test is of some cases, so the calls are given with the range that chance allows.
    """
    row = scored_today(assessment, state)
    if row is None or row.passed is None:
        return ""
    chance, cases = share_interval(row), row.with_score
    if chance is None or not cases:
        return ""
    wrong = cases - row.passed
    share = _of_100(wrong, cases)
    calls = Decimal(assessment.numbers.get("requests", 0))
    if not calls:
        said = f"{share} stay wrong ({wrong:,} of {cases:,} test cases)."
        return said if wrong else ""
    stay = _about(calls * wrong / cases)
    if not stay:
        return ""
    ends = (calls * Decimal(1 - x) for x in (chance.high, chance.low))
    low, high = (_about(end) or "0" for end in ends)
    return f"{share} stay wrong, about {stay} ({low} to {high}) calls a month."


def scored_today(assessment: Assessment, state: PlanState) -> ScoredCandidate | None:
    """Return the one result that counts of what runs; None if nothing runs."""
    found = assessment.candidates
    if found is None or state != "running":
        return None
    return todays_result(found, assessment.codes, _technique(assessment) or "")


def _of_100(wrong: int, cases: int) -> str:
    """Return a share of answers in whole ones of 100.

    >>> _of_100(16, 60), _of_100(1, 300)
    ('27 of 100 answers', 'fewer than 1 of 100 answers')
    """
    share = round(Decimal(100 * wrong) / cases)
    return f"{share or 'fewer than 1'} of 100 answers"


def _about(calls: Decimal) -> str:
    """Return a number of calls, with no more digits than a test can tell.

    >>> _about(Decimal(3150)), _about(Decimal("123456")), _about(Decimal("0.2"))
    ('3,150', '123,000', '')
    """
    if calls < 1:
        return ""
    unit = max(calls.adjusted() - 2, 0)
    return f"{round(calls, -unit):,.0f}"


def _need_stays(framework: Framework, assessment: Assessment) -> str:
    """Say which need stays; empty without one, or where nothing trains.

    Nothing says here how it is known: appendix A1 does, for each.
    """
    if not framework.families[assessment.family].trains:
        return ""
    first, *others = [*_needs(framework, assessment)] or [""]
    if not others:
        return f"The need stays: {first}." if first else ""
    if len(others) == 1:
        return f"Two needs stay: {first}, and {others[0]}."
    return f"{len(others) + 1} needs stay, such as {first}, and {others[0]}."


def _needs(framework: Framework, assessment: Assessment) -> Iterator[str]:
    for reason in framework.reasons:
        if reason.id in assessment.reasons_measured:
            yield lower_first(reason.text)


def _technique(assessment: Assessment) -> PricedTechnique | None:
    """Return what runs or is planned, whether it has a price or not."""
    named = assessment.numbers.get("today")
    return next((each for each in SHORT_NAMES if each == named), None)
