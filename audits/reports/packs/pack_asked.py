"""One decision in the overview of a board pack."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils import timezone

from audits.frameworks.named import NamedVerdict
from audits.frameworks.schema import Family
from audits.models import Audit, PackDecision
from audits.reports.packs.pack_days import due_by, too_late_on
from audits.reports.packs.pack_doubts import doubts_of
from audits.reports.packs.pack_ready import Standing, standing
from audits.reports.packs.said.plans_kept import plan_left
from audits.reports.packs.said.proof_words import evidence_of, is_by_hand
from audits.reports.packs.said.risk_words import first_risk
from audits.reports.packs.said.total_words import listed
from audits.reports.packs.said.waiting_words import cheaper_later, waiting_costs
from audits.reports.packs.sums.cash import Cash, cash_of, no_bills_said
from audits.scoring import Assessment
from audits.scoring.board.box_words import asked_in_box
from audits.scoring.cards.checks import cost_before_part
from audits.scoring.days import in_words
from audits.scoring.exchange import document
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.money.measuring import MeasuringCost, measuring_cost
from audits.scoring.money.of_assessment import TodaysPlan, todays_plan
from audits.scoring.money.states import (
    PlanState,
    RiskState,
    is_against,
    plan_state,
    risk_state,
)
from audits.scoring.money.words import Money
from audits.scoring.options.option_reasons import is_untested
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.asked.net_parts import NetParts
from audits.scoring.sums.decision_rows import (
    IN_PART,
    NOT_PRICED,
    DecisionRow,
    decision_row,
)
from audits.scoring.sums.money_sums import Decided
from audits.services.board.before_pack import deferred_said
from audits.services.due.asking import asking_of
from audits.services.due.covers import cover_of
from audits.services.due.overriding import overriding_of
from audits.services.papers.next_date import due
from audits.services.papers.packs.pack_conditions import SIGNED, signed_mark
from audits.services.papers.page_one_words import LABELS, decision_asked
from audits.services.verdicts.assessments import framework_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One decision in the overview.

    `assumed` counts the numbers behind its amounts that nobody entered, as page 1 does.
    It has no `family` where a step comes before all that its verdict says. `checked` is
    the day of the newest of its prices. `due` says what must be done `by` a day, which
    may have passed, or be before the meeting of the pack. `told` says who proposes what
    and since when, where the paper is for information; empty where it asks for a
    decision. What a move needs has ended on the day `too_late` if that is before the
    meeting. A person wrote `asked` if it `is_written`. One that `lacks` something
    cannot be voted on yet, and what is `not_consistent` is among what it lacks.
    `approval` says whether training is approved, and `doubts` count what page 1 says
    against results. `evidence` says how well the weakest of the reasons on page 1 is
    known: a level, or "open" where nobody has shown one; empty if none asks for
    evidence. A test `is_by_hand` that no results file shows, and advice `is_untested`
    that no test covers. `plan` is its current plan as the portfolio has
    it. `signed` says that a reviewer signed it, and how many conditions are open.
    `deferred` says until when the board deferred it; empty if it did not. It `is_later`
    if that is after the meeting. `overridden` says who signed which verdict where a
    reviewer overrode it: `verdict` and `money` are then those of the override. It
    `has_sponsor` if page 1 names one, like the `meeting`. Its title says to `act`, and
    `risk` is the first risk of page 1, in a sentence. `turns` says which number, if it
    is low or high, makes what is advised the more expensive plan, and `peoples` which
    part of both is engineers’ time. `net_parts` has what a vote still saves,
    and `cash` what it pays in bills and to people. It
    `is_elsewhere` if it is priced on other machines than those it has to run on. Its 12
    months count from the day `on`; None for those of its verdict.
    """

    number: int
    reference: str
    name: str
    asked: str
    verdict: NamedVerdict
    family: Family | None
    money: Money | None
    state: PlanState
    measuring: MeasuringCost | None
    work: Band | None
    assumed: int
    checked: date | None
    due: str
    by: date | None
    is_late: bool
    is_before: bool
    evidence: str = ""
    is_by_hand: bool = False
    is_untested: bool = False
    too_late: date | None = None
    told: str = ""
    is_provisional: bool = False
    is_written: bool = False
    lacks: str = ""
    stage: str = ""
    approval: str = ""
    doubts: str = ""
    plan: TodaysPlan | None = None
    signed: str = ""
    deferred: str = ""
    is_later: bool = False
    not_consistent: str = ""
    has_sponsor: bool = True
    meeting: str = ""
    act: str = ""
    overridden: str = ""
    risk: str = ""
    turns: str = ""
    peoples: str = ""
    net_parts: NetParts | None = None
    cash: Cash | None = None
    owner: str = ""
    is_elsewhere: bool = False
    on: date | None = None

    @property
    def is_bare(self) -> bool:
        """Whether it asks the board for what has neither a price nor a sponsor."""
        return self.row.no_amount == NOT_PRICED and not self.has_sponsor

    @property
    def is_votable(self) -> bool:
        """Whether a reviewer has signed it, so that the board can vote on it."""
        return bool(self.signed and self.family and not self.told)

    @property
    def rank(self) -> int:
        """Its place among what is ready: votes, what waits for sign-off, the rest."""
        if self.is_votable:
            return 0
        return 1 if self.family and not self.told else 2

    @property
    def mark(self) -> str:
        """What its row says of its sign-off; a vote is signed off, as the head says."""
        return "" if self.is_votable and self.signed == SIGNED else self.signed

    @property
    def waiting_costs(self) -> str:
        """What it costs to wait, and when its plan is cheaper after all."""
        said = (
            waiting_costs(self.money, self.state),
            cheaper_later(self.money, self.net_parts),
        )
        return " ".join(filter(None, said))

    @property
    def standing(self) -> Standing:
        """Whether the board can vote on it, or read it, at this meeting."""
        if self.lacks:
            return "not_ready"
        return "deferred" if self.is_later else "ready"

    @property
    def stands(self) -> str:
        """What becomes of it at the meeting, in a word or two."""
        if self.standing == "ready":
            return "To vote on" if self.is_votable else "Not signed off"
        return "Not ready" if self.standing == "not_ready" else "Deferred"

    @property
    def is_unsigned(self) -> bool:
        """Whether a decision is asked for that no reviewer has signed off."""
        return not (self.signed or self.told)

    @property
    def is_flagged(self) -> bool:
        """Whether its day is not just one to decide by that is still ahead."""
        is_plain = self.due == LABELS["decide_by"]
        return bool(self.by) and (self.is_late or self.is_before or not is_plain)

    @property
    def is_marked(self) -> bool:
        """Whether the overview has a line for it below its row."""
        marks = self.told, self.overridden, self.is_written, self.deferred
        return any((*marks, self.is_bare, self.is_flagged))

    @property
    def trains_now(self) -> bool:
        """Whether the board can approve now all that its verdict says."""
        effects = "replaced", "new", "unpriced"
        return self.is_votable and self.decided.effect in effects

    @property
    def asked_in_short(self) -> str:
        """What is asked in one sentence; all of it if an author wrote it."""
        return self.asked if self.is_written else asked_in_box(self.asked).lead

    @property
    def notes_on_amount(self) -> tuple[str, ...]:
        """What goes with its amounts, in sentences."""
        row, approval = self.row, self.approval not in ("", "Approve")
        buys = row.buys and row.buys != row.leads_to and not approval
        found = (
            (row.if_passes, f"{row.if_passes}."),
            (row.bound == IN_PART, f"Not included: {listed(row.left_out or ('',))}."),
            (not row.recommended, plan_left([row])),
            (approval, f"Approval: {self.approval}."),
            (buys, f"It pays for: {row.buys}."),
        )
        return tuple(said for is_so, said in found if is_so and said)

    @property
    def due_said(self) -> str:
        """What must be done by its day, which goes after it, in a narrow column."""
        return "By" if self.due == LABELS["decide_by"] else self.due

    @property
    def overdue(self) -> str:
        """What should have been done by a day that has passed, which goes after it."""
        first = "" if self.due == LABELS["decide_by"] else self.due.removesuffix(" by")
        return f"{first}: overdue since" if first else "overdue since"

    @property
    def row(self) -> DecisionRow:
        """What it asks for, releases and holds."""
        return decision_row(self.decided)

    @property
    def no_bills(self) -> str:
        """That what it asks for is all people's time; empty if it is not."""
        return no_bills_said(self.row, self.cash)

    @property
    def decided(self) -> Decided:
        """The decision with its money, to be added to others."""
        return Decided(
            name=self.name,
            family=self.family,
            money=self.money,
            state=self.state,
            measuring=self.measuring,
            work=self.work,
            told=bool(self.told),
            on=self.on,
        )

    def at_risk(self, which: RiskState) -> Decimal | None:
        """Return what the verdict is against; None if it is against nothing.

        Args:
            which: 12 months of the plan that runs, or what is paid up front for
                training.
        """
        if self.plan is None:
            return None
        against = is_against(self.plan.is_against, self.family)
        if risk_state(self.stage, against=against) != which:
            return None
        return self.plan.year.expected if which == "running" else self.plan.training

    @property
    def who_answers(self) -> str:
        """Who gives the answers that it lacks; empty if it lacks none."""
        return self.owner if " answer" in self.lacks else ""

    @property
    def still_saved(self) -> NetParts | None:
        """What a vote for it still saves; None where its paper saves nothing.

        It is zero or less where its saving is gone by the day of the vote.
        """
        change = self.row.change
        if change is None or change >= 0:
            return None
        return self.net_parts or NetParts(saved=-change, people=None)

    @property
    def file_name(self) -> str:
        """The name of its paper in a zip."""
        return f"{self.number:03d}-{self.reference}.pdf"


def asked_of(decision: PackDecision, on: date, held: date | None) -> Asked:
    """Read what the overview says about a decision.

    Args:
        decision: The decision.
        on: The day of the pack.
        held: The day of its meeting, if it is known.
    """
    audit, use_case = decision.audit, decision.audit.use_case
    cover, state = cover_of(audit), plan_state(use_case.stage)
    assessment = document.load(audit.assessment or {})
    asking = asking_of(audit, cover)
    frozen = decision.pack.verdicts.get(str(use_case.pk), {})
    framework = framework_of(audit)
    is_asked = asking == "asked" and state != "stopped"
    found = Asked(
        number=decision.number,
        reference=use_case.reference,
        name=use_case.name,
        owner=str(use_case.owner),
        asked=decision_asked(framework, assessment, cover, asking=asking),
        verdict=assessment.named,
        family=None if assessment.prerequisite else assessment.family,
        **standing(audit, assessment, frozen, (on, held), is_asked=is_asked),
        state=state,
        stage=use_case.stage,
        measuring=measuring_cost(assessment),
        work=cost_before_part(framework, assessment),
        checked=assessment.costs.plan.checked if assessment.costs else None,
        due=due(assessment),
        **due_by(assessment, cover, on, held, deferred_said(frozen)),
        evidence=evidence_of(framework, assessment),
        is_by_hand=is_by_hand(assessment),
        is_untested=is_untested(assessment),
        too_late=too_late_on(assessment, held),
        told="" if asking == "asked" else _proposed(audit),
        is_provisional=assessment.provisional is not None,
        is_written=bool(cover.decision_asked),
        has_sponsor=bool(cover.sponsor),
        meeting=cover.meeting,
        doubts=doubts_of(audit, assessment),
        plan=todays_plan(assessment),
        signed=signed_mark(audit.state, frozen),
        risk=first_risk([x["text"] for x in cover.risks if is_asked]),
    )
    return _overridden(found, audit, assessment)


def _overridden(asked: Asked, audit: Audit, assessment: Assessment) -> Asked:
    """Return a decision with the verdict and the money of an override, if any."""
    if (found := overriding_of(audit)) is None:
        return replace(asked, cash=cash_of(assessment, asked.decided, asked.net_parts))
    framework = framework_of(audit)
    own, said = found.named(framework), found.decision(framework, assessment)
    return replace(
        asked,
        verdict=own,
        act=lower_first(own.name),
        overridden=found.said(framework, assessment),
        family=own.family,
        money=found.money(framework, assessment, asked.state),
        measuring=None,
        work=None,
        asked=asked.asked if asked.is_written else said,
        is_untested=False,
        turns="",
        peoples="",
        net_parts=None,
    )


def _proposed(audit: Audit) -> str:
    """Say who proposes what a paper for information tells, and since when."""
    day = in_words(timezone.localdate(audit.submitted_at))
    return f"For information: proposed by {audit.submitted_by} on {day}"
