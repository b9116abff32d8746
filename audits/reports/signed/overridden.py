"""Page 1 of a paper whose verdict a reviewer has overridden."""

from dataclasses import replace
from typing import cast

from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.models import Audit, Cover, Override, Review
from audits.reports.page_one import PageOne
from audits.reports.signed.sign_offs import SignOff, sign_offs
from audits.scoring import Assessment
from audits.scoring.board.overrides.overridden_options import options_overridden
from audits.scoring.board.overriding import RISK, Overriding
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.money.states import PlanState, plan_state
from audits.services.due.overriding import overriding_of
from audits.services.papers.agreed_before import agreed_before
from audits.services.verdicts.assessments import framework_of


def as_overridden(
    one: PageOne,
    verdict: tuple[Framework, Assessment],
    found: Overriding,
    state: PlanState,
    agreed: str = "",
) -> PageOne:
    """Return page 1 with the overriding verdict, and the computed one beside it.

    What followed from the computed verdict alone, such as its approval, its tests and
    its amounts, is not on it. The author's own words stay.

    Args:
        one: Page 1 of the computed verdict.
        verdict: The framework and the assessment.
        found: The override.
        state: The state of the current plan's money.
        agreed: What follows when the sponsor agreed, if that was before.
    """
    told = found.told(*verdict, state)
    is_asked = "decision_asked" not in one.written
    return replace(
        one,
        verdict=lower_first(told.named.name),
        act=lower_first(told.named.name),
        decision_asked=told.asked if is_asked else one.decision_asked,
        agreed=f"{one.agreed}{agreed}",
        override=told,
        if_nothing=one.if_nothing if "if_nothing" in one.written else told.nothing,
        no_amount="",
        money_note="",
        standing="",
        conditions=(),
        pass_mark="",
        stated_first="",
        assumed="",
        turned_by="",
        doubt="",
        keep_in_mind="",
        measurements=None,
        outcomes=(),
        dated_risks="",
        may_be_replaced=(),
        known_risks=(RISK,),
        options=tuple(
            options_overridden(
                *(one.options, told.money, told.offer), named=told.named.name
            )
        ),
    )


def signed_of(audit: Audit, reviews: tuple[Review, ...]) -> tuple[SignOff, ...]:
    """Return a submission, its reviews and the overrides of its verdict."""
    return *sign_offs(audit, reviews), *override_rows(audit, framework_of(audit))


def override_rows(audit: Audit, framework: Framework) -> tuple[SignOff, ...]:
    """Return each override of an audit and each taking back, for the appendix.

    Note: one query, only for an audit that was signed off.
    """
    if audit.signed_off_at is None:
        return ()
    rows = []
    for each in Override.objects.of_audit(audit):
        words = framework.verdicts.get(cast("Verdict", each.verdict))
        said = f"Override: “{words.name}”" if words else "Took the override back"
        rows.append(
            SignOff(
                role="Override",
                name=str(each.by),
                said=f"{said}. {each.words}",
                at=each.at,
            )
        )
    return tuple(rows)


def with_override(
    one: PageOne, audit: Audit, assessment: Assessment, words: Cover
) -> PageOne:
    """Return page 1 with an override, if there is one."""
    if (found := overriding_of(audit)) is None:
        return one
    verdict, state = (framework_of(audit), assessment), plan_state(audit.use_case.stage)
    agreed = agreed_before(audit, words)
    return as_overridden(one, verdict, found, state, agreed)
