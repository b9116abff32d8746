"""What is cheaper than training and was not tested, as a check of its approval.

While such a test could lead to another verdict, training waits for it: the step, the
approval and page 1 all read the ways here.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from math import ceil
from typing import NamedTuple

from audits.frameworks.evaluation import is_certain
from audits.frameworks.schema import Framework
from audits.scoring.costs.rounding import written
from audits.scoring.deciding.decision import Decision
from audits.scoring.explaining.advice import (
    STRONGER_TEST,
    TO_SHOW,
    WAY_TEST,
    Advice,
    Said,
    standing_of,
)
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.advised_ways import as_outcome
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.explain import headline
from audits.scoring.inputs import Inputs
from audits.scoring.money.measuring import hours_cost
from audits.scoring.scored.adding import with_results
from audits.scoring.scored.by_hand import TRIED
from audits.scoring.scored.candidates import (
    KINDS,
    Candidates,
    ScoredCandidate,
    ScoredKind,
)
from audits.scoring.scored.met_outside import naming_outside
from audits.scoring.step_facts import CASES, TestFacts, card_facts

CHEAPER_IDS = (STRONGER_TEST, WAY_TEST)
_STRONGER = "stronger_model"
# A result from a file is measured, whatever the file is.
_SOME_FILE = "0" * 64
type Decides = Callable[[Inputs], Decision]


class OpenTest(NamedTuple):
    """A test that training waits for: of what, its work, and where it could lead."""

    of: str
    work: str
    leads_to: str


def untested_ways(
    assessment: Assessment, inputs: Inputs
) -> Iterator[tuple[str, TestFacts]]:
    """Yield the id of each untested way that is cheaper than training, and its test.

    They are the strongest model, and the step that serves until a model is trained.

    Args:
        assessment: What was decided.
        inputs: What it was decided from.
    """
    facts, advice = card_facts(), assessment.advice
    way = facts.test.get(advice.step.id) if advice else None
    tried = assessment.codes.get("tried", ())
    rows = inputs.candidates.rows
    scored = {x.kind for x in rows if not (x.is_removed or x.is_same_test)}
    if _STRONGER not in tried and "stronger" not in scored:
        yield STRONGER_TEST, facts.test[_STRONGER]
    if way and way.step != _STRONGER:
        yield WAY_TEST, way


def waits_for_ways(assessment: Assessment, inputs: Inputs) -> bool:
    """Return whether training may wait for such a test, before one is worked out."""
    advice = assessment.advice
    if advice is None or assessment.prerequisite or assessment.measurements:
        return False
    return advice.standing is not None and bool(inputs.answered.behind)


def kind_of(facts: TestFacts) -> ScoredKind:
    """Return the kind of candidate that a test is of."""
    [kind] = (each for each in KINDS if each == facts.kind)
    return kind


def with_one_more(
    found: Candidates, kind: ScoredKind, cases: int, on: date
) -> Iterator[tuple[str, Candidates]]:
    """Yield what one more candidate could score, in words, and all candidates then.

    Nothing is yielded without a target.

    Args:
        found: The candidates so far; the new one replaces no result of its kind.
        kind: The kind of the new one.
        cases: On how many cases it is tested.
        on: The day of the test.
    """
    if found.target is None:
        return
    results = (
        ("It meets the target", cases),
        ("It is just below the target", ceil(found.target * cases) - 1),
        ("It is far below the target", 0),
    )
    for words, passed in results:
        row = ScoredCandidate(
            id="", kind=kind, cases=cases, passed=passed, day=on, sha256=_SOME_FILE
        )
        yield words, with_results(found, [row])


def with_list(
    framework: Framework, assessment: Assessment, inputs: Inputs, decides: Decides
) -> Assessment:
    """Return an assessment with all that training waits for, in one list.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided, with its prices.
        inputs: What it was decided from.
        decides: What other inputs lead to on that day.
    """
    tested = _with_tests(framework, assessment, inputs, decides)
    return _with_shown(framework, tested, inputs, decides)


def _with_tests(
    framework: Framework, assessment: Assessment, inputs: Inputs, decides: Decides
) -> Assessment:
    """Return an assessment whose training waits for the tests of these ways."""
    advised = assessment.advice
    if advised is None or not waits_for_ways(assessment, inputs):
        return assessment
    tests = tuple(_tests(assessment, framework, inputs, decides))
    hours = sum(facts.hours for _, facts in tests)
    closed = {
        gate
        for _, facts in tests
        for gate in _closed_by(assessment, framework, inputs, decides, facts)
    }
    # What such a test closes is not asked for a second time.
    left = tuple(x for x in advised.subject_to if x.id not in closed)
    number = advised.checks - len(advised.subject_to) + len(left)
    advised = replace(advised, testing_hours=hours, subject_to=left, checks=number)
    return replace(assessment, advice=with_more(advised, [check for check, _ in tests]))


def with_more(advised: Advice, more: Sequence[Said]) -> Advice:
    """Return advice whose training waits for more checks, after those it has.

    Args:
        advised: The advice, once it is known whether training has a price.
        more: Checks that no rule has; there may be none.
    """
    checks = (*advised.subject_to, *more)
    standing = standing_of(
        checks,
        advised.unproven_answers,
        is_priced=advised.is_priced,
        closes=advised.closes,
    )
    number = advised.checks + len(more)
    return replace(advised, subject_to=checks, checks=number, standing=standing)


def _with_shown(
    framework: Framework, assessment: Assessment, inputs: Inputs, decides: Decides
) -> Assessment:
    """Return an assessment in whose list is what has to be shown.

    An answer that nothing shows closes no check, so it is named beside those that are
    open. The headline then names the checks that no rule has, too.
    """
    advised = assessment.advice
    if advised is None or advised.standing is None or not advised.subject_to:
        return assessment
    if advised.unproven_answers:
        advised = with_more(advised, [to_show(assessment, advised)])
    gates, words = {gate.id for gate in framework.gates}, assessment.headline
    is_ruled = gates.issuperset(check.id for check in advised.subject_to)
    if not (is_ruled or advised.prerequisite) and advised.standing in _WAITS:
        # The rules wrote it before there were checks that no rule has.
        words = headline(framework, decides(inputs), advised)
        words = naming_outside(words, inputs.candidates, inputs.codes)
    return replace(assessment, advice=advised, headline=words)


_WAITS = ("subject_to", "not_shown")
_NAMED = 3  # answers without evidence


def to_show(assessment: Assessment, advised: Advice) -> Said:
    """Return the check of the answers that nothing shows, the first ones by name.

    Args:
        assessment: What was decided.
        advised: Its advice, with those answers.
    """
    labels = [lower_first(each) for each in advised.unproven_answers]
    # One more is as long as its name.
    first = labels[:_NAMED] if len(labels) > _NAMED + 1 else labels
    more = len(labels) - len(first)
    named = ", ".join(first) + (f" and {more} more" if more else "")
    number = "1 answer" if len(labels) == 1 else f"{len(labels)} answers"
    work = _work(assessment, advised.showing_hours)
    says = f"once a link or file shows {number} ({work}): {named}"
    return Said(id=TO_SHOW, says=says)


def _work(assessment: Assessment, hours: int) -> str:
    amount = hours_cost(assessment, hours).amount
    price = f", ${written(amount.expected)}" if amount else ""
    return f"{hours} h{price}"


def _tests(
    assessment: Assessment, framework: Framework, inputs: Inputs, decides: Decides
) -> Iterator[tuple[Said, TestFacts]]:
    for check, facts in untested_ways(assessment, inputs):
        leads = _leads_to(assessment, framework, inputs, decides, facts)
        if leads:
            work = _work(assessment, facts.hours)
            says = (
                f"once the team has tested {of_test(facts)} ({work}; could lead to "
                f"“{leads}”)"
            )
            yield Said(id=check, says=says), facts


def _leads_to(
    assessment: Assessment,
    framework: Framework,
    inputs: Inputs,
    decides: Decides,
    facts: TestFacts,
) -> str:
    """Name the first other verdict that a result leads to; empty if none does."""
    found, on = inputs.candidates, assessment.on
    if on is None:
        return ""
    cases = max(found.cases_there, CASES)
    for _, candidates in with_one_more(found, kind_of(facts), cases, on):
        verdict = decides(replace(inputs, candidates=candidates)).verdict
        if verdict != assessment.verdict:
            name = framework.verdicts[verdict].name
            return lower_first(as_outcome(assessment, verdict, name))
    return ""


def _closed_by(
    assessment: Assessment,
    framework: Framework,
    inputs: Inputs,
    decides: Decides,
    facts: TestFacts,
) -> Iterator[str]:
    """Yield the checks of the rules that ask for this test, and hold once it missed."""
    found, on = inputs.candidates, assessment.on
    asking = [x for x in framework.gates if TRIED in framework.read_by(x.holds)]
    if on is None or not asking:
        return
    cases = max(found.cases_there, CASES)
    for _, candidates in with_one_more(found, kind_of(facts), cases, on):
        then = decides(replace(inputs, candidates=candidates))
        if then.verdict == assessment.verdict:
            yield from (x.id for x in asking if is_certain(x.holds, then.at))
            return


def of_test(facts: TestFacts) -> str:
    """Return what a test is of, for the middle of a sentence."""
    return facts.name.removeprefix("Test ")


_LEADS = re.compile(r"; could lead to “[^”]*”\)")
_SAID = re.compile(r"once the team has tested (.*) \(([^()]*); could lead to “(.*)”\)")


def open_tests(assessment: Assessment) -> tuple[OpenTest, ...]:
    """Return the tests of cheaper ways that training waits for.

    Args:
        assessment: What was decided.
    """
    advice = assessment.advice
    checks = advice.subject_to if advice and advice.standing else ()
    found = (_SAID.fullmatch(x.says) for x in checks if x.id in CHEAPER_IDS)
    return tuple(OpenTest(*match.groups()) for match in found if match)


def tests_change_it(assessment: Assessment) -> str:
    """Say which verdicts these tests could lead to, in a sentence; empty without any.

    Args:
        assessment: What was decided.
    """
    tests = [f"a test of {x.of} (to “{x.leads_to}”)" for x in open_tests(assessment)]
    said = " and ".join(tests)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def without_lead(check: str) -> str:
    """Return a check without where it could lead, which page 1 says below it.

    >>> without_lead("The team has tested a prompt (8 h; could lead to “few-shot”)")
    'The team has tested a prompt (8 h)'
    """
    return _LEADS.sub(")", check)
