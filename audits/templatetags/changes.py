"""What answers would change a verdict."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django import template

from audits.frameworks.evaluation import Code
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.landscape.catalogue import catalogue
from audits.scoring import Assessment
from audits.scoring.deciding.flips import Change, Flip
from audits.scoring.explaining.evidence import APPROVAL
from audits.scoring.explaining.grades.confidence import Unknown
from audits.scoring.inputs import Inputs
from audits.scoring.options.derived_risks import doubts_of_tests
from audits.scoring.results_behind import failed_cases as failed
from audits.scoring.summary import changes_said
from audits.scoring.what_if import alone
from audits.scoring.what_if.changes import Changes
from audits.scoring.what_if.reading import parameters_of

register = template.Library()


@register.simple_tag
def failed_cases(
    framework: Framework,
    assessment: Assessment,
    question: str,
    counted: failed.CountedFaults | None = None,
) -> str:
    """Say beside the question about faults which cases failed; empty elsewhere."""
    return failed.failed_cases(framework, assessment, question, counted)


@register.simple_tag
def answers_counted(
    flips: Sequence[Flip], assessment: Assessment, framework: Framework
) -> int:
    """Return how many answers change a verdict: a row may name several of them."""
    alone = [flip.changes[0] for flip in flips if len(flip.changes) == 1]
    others = (len(changes_said.alike(framework, assessment, x)) for x in alone)
    return len(flips) + sum(others)


@register.simple_tag
def shown_query(path: Mapping[str, Code], given: Inputs, day: date | None) -> str:
    """Return the query of a scenario that shows answers; empty without a day."""
    if day is None:
        return ""
    changes = Changes(answers=path, levels=dict.fromkeys(path, "measured"))
    found = parameters_of(given, changes, catalogue(day))
    return "?" + urlencode([(f"a.{name}", text) for name, text in found])


@register.filter
def not_checked(assessment: Assessment, framework: Framework) -> str:
    """Say what puts the test itself in doubt, as page 1 does; empty if nothing does."""
    return " ".join(doubts_of_tests(framework, assessment)[:1])


@register.filter
def changed_alone(assessment: Assessment, framework: Framework) -> str:
    """Say which answers alone would change a verdict."""
    return alone.changed_alone(framework, assessment, more_in="")


@register.simple_tag
def by_doing(flip: Flip, assessment: Assessment, framework: Framework) -> str:
    """Say how people bring about what would change a verdict."""
    return changes_said.by_doing(framework, assessment, flip)


@register.filter
def opens_said(opens: Sequence[str], verdict: str) -> str:
    """Say which questions a change opens, and which verdict is possible then."""
    return changes_said.opens_said(opens, verdict)


@register.simple_tag
def opens_questions(
    framework: Framework, opens: Sequence[str], verdict: Verdict, now: str
) -> str:
    """Say the same; nothing is new where the verdict is that of now."""
    name = "" if verdict == now else framework.verdicts[verdict].name
    return changes_said.opens_said(opens, name)


@register.simple_tag
def leads_of(unknown: Unknown, assessment: Assessment) -> list[Flip]:
    """Return where the answers to an open question lead, each place once.

    What they open is only said where no answer alone leads to another verdict.
    """
    own = [unknown.question]
    flips = [x for x in assessment.flips if [y.question for y in x.changes] == own]
    direct = {flip.verdict: flip for flip in flips if not flip.depends_on}
    opened = dict[tuple[str, ...], Flip]()
    for flip in flips:
        opened.setdefault(flip.depends_on, flip)  # the most plausible, as in the panel
    return [*(direct or opened).values()]


@register.filter
def is_awaited(unknown: Unknown, assessment: Assessment) -> bool:
    """Whether the approval of training waits for the answer to an open question."""
    found = {x.question: x.because for x in assessment.evidence_plan}
    return found.get(unknown.question) == APPROVAL


@register.simple_tag
def answers_alike(change: Change, assessment: Assessment, framework: Framework) -> str:
    """Name an answer and those that would do the same."""
    return changes_said.either(
        (change.then, *changes_said.alike(framework, assessment, change))
    )
