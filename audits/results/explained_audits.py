"""What a result page explains of an audit: read of it, its files and its reviews."""

from audits.models import Audit, Review
from audits.results.asks import asked_names
from audits.results.condition import conditions_of
from audits.results.explained import Explained
from audits.scoring import Assessment
from audits.scoring.money.states import plan_state
from audits.services.papers.asked_on_paper import counted_on
from audits.services.people.times_of_day import today_shown
from audits.services.read_files.compared_results import comparisons_of
from audits.services.read_files.doubtful_names import doubtful_names
from audits.services.read_files.known_bills import known_bills
from audits.services.read_files.results_dropped import told_of_dropped
from audits.services.read_files.results_files import names_told
from audits.services.read_files.tested_steps import tested_since
from audits.services.read_files.told_results import told_of_files
from audits.services.read_files.usage_doubts import usage_doubts
from audits.services.verdicts.assessments import framework_of
from audits.services.verdicts.opening import after_sign_off

_WITH_BOARD = (Audit.State.IN_REVIEW, Audit.State.SIGNED_OFF)


def explained_of(
    audit: Audit,
    assessment: Assessment,
    *,
    may_enter: bool = False,
    review: Review | None = None,
) -> Explained:
    """Return what the result of an audit explains, with its last review."""
    use_case = audit.use_case
    return Explained(
        framework=framework_of(audit),
        assessment=assessment,
        is_draft=audit.is_draft,
        market_on=audit.landscape_date,
        today=today_shown(),
        done=use_case.what_was_done,
        happened=use_case.what_happened,
        source=use_case.source,
        inputs=audit.inputs,
        owner=str(use_case.owner),
        asked=asked_names(audit),
        plan_state=plan_state(use_case.stage),
        is_signed=audit.state == audit.State.SIGNED_OFF,
        files=tuple(names_told(audit, assessment).items()),
        of_files=told_of_files(audit, assessment, for_team=True)
        + told_of_dropped(audit)
        + doubtful_names(audit),
        comparisons=tuple(comparisons_of(audit, audit.given_candidates)),
        may_enter=may_enter and audit.is_draft,
        may_take_back=may_enter and audit.state == audit.State.IN_REVIEW,
        usage_doubts=usage_doubts(audit),
        known_bills=known_bills(audit),
        conditions=conditions_of(audit, review),
        after=after_sign_off(audit, review),
        tested_since=tested_since(audit),
        board_on=counted_on(audit) if audit.state in _WITH_BOARD else None,
    )
