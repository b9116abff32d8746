"""The content of a board paper, gathered from one frozen audit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypedDict

from django.utils import timezone

from audits.frameworks.schema import Framework, Term
from audits.landscape.price_age import PriceAge, price_age
from audits.models import (
    Audit,
    BoardPack,
    Cover,
    Report,
    Review,
)
from audits.reports.answer_rows import AnswerRow, answer_rows, shares_of
from audits.reports.appendix.listed_numbers import assumed_numbers, given_numbers
from audits.reports.appendix.trace_rows import TraceRow, long_readings, proved_rows
from audits.reports.attachment import attachment_of, provenance_of
from audits.reports.missing_practices import naming_practices
from audits.reports.one_page.beside_results import beside_results
from audits.reports.page_one import PageOne, page_one
from audits.reports.paper_look import branding_of
from audits.reports.signed.decided import as_decided
from audits.reports.signed.overridden import override_rows, with_override
from audits.reports.signed.sign_offs import (
    Signed,
    SignOff,
    all_sign_offs,
    sign_off_words,
    signed,
    state_on_paper,
)
from audits.reports.typesetting.branding import Branding
from audits.reports.typesetting.pdf import Enclosure
from audits.scoring import Assessment
from audits.scoring.chances.shares import ShownShare
from audits.scoring.deciding.flips import Flip
from audits.scoring.exchange.provenance import Provenance, RecordLine
from audits.scoring.explaining.advice_rows import (
    AdvisedRow,
    advised_rows,
)
from audits.scoring.ladder.ladder import ladder
from audits.scoring.ladder.rows import Ladder
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.once_met import until_met
from audits.scoring.money.states import plan_state
from audits.scoring.money.words import Money
from audits.scoring.proposals.proposal_words import ProposalWords, worded
from audits.scoring.results_behind.wrong_files import WrongFiles, wrong_files
from audits.scoring.sentences.cannot_be_right import cannot_be_right
from audits.scoring.summary.actions import possible_changes
from audits.scoring.summary.plan import Plan, plan_of
from audits.scoring.summary.sureness import sureness
from audits.scoring.sums.calendar import MoneyMonths, months_of
from audits.scoring.told.results_told import in_order
from audits.scoring.tracking.far_off import SYNTHETIC
from audits.scoring.what_if.moving import open_could
from audits.services.due.asking import asking_of, decided_until
from audits.services.due.contradictions import due_since
from audits.services.due.covers import cover_of
from audits.services.papers.agreed_before import agreed_before
from audits.services.papers.asked_on_paper import counted_on
from audits.services.papers.met_before import met_before
from audits.services.papers.next_date import condition_due
from audits.services.papers.reports import TEMPLATE_VERSION
from audits.services.papers.usage_far_off import usage_far_off
from audits.services.read_files.compared_results import (
    ShownComparison,
    compared_in,
    comparisons_of,
    missing_in,
)
from audits.services.read_files.doubtful_names import doubtful_names
from audits.services.read_files.told_results import (
    files_behind,
    told_of_results,
    uncertain_results,
)
from audits.services.read_files.usage_doubts import usage_doubts
from audits.services.reviews.drift import validity_of
from audits.services.verdicts.assessments import framework_of, read_once
from audits.services.verdicts.opening import after_sign_off


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One board paper, ready for the template.

    `summary` says what the use case does. `money` is that of the computed verdict; page
    1 has that of an override in its place.
    """

    organization: str
    reference: str
    title: str
    summary: str
    stage: str
    team: str
    owner: str
    author: str
    submitted_at: datetime
    state: str
    template_version: str = TEMPLATE_VERSION
    assessment: Assessment
    one: PageOne
    plan: Plan
    ladder: Ladder | None
    framework: Framework
    trace: tuple[TraceRow, ...]
    long_readings: tuple[str, ...]
    money: Money | None
    wrong_files: WrongFiles | None
    results_told: tuple[str, ...]
    given: str
    cannot_be_right: tuple[str, ...]
    usage_doubts: tuple[str, ...]
    usage_far_off: str
    assumed: str
    answers: tuple[AnswerRow, ...]
    signoffs: tuple[SignOff, ...]
    sign_off: str
    signed: Signed
    advised: tuple[AdvisedRow, ...]
    glossary: tuple[Term, ...]
    provenance: Provenance
    attachment: Enclosure
    branding: Branding
    record: RecordLine | None = None

    @property
    def names_invented_usage(self) -> bool:
        """Whether a condition of the sign-off speaks of usage that is synthetic."""
        is_invented = self.usage_far_off.startswith(SYNTHETIC)
        return is_invented and "usage" in self.sign_off.lower()

    @property
    def money_on_page_1(self) -> Money | None:
        """The money of page 1: that of an override, if there is one."""
        return self.one.override.money if self.one.override else self.money

    @property
    def waits_for_sign_off(self) -> bool:
        """Whether a decision is asked for that the board can take only once signed."""
        one = self.one
        is_asked = one.asking == "asked" and not (one.is_early or one.waits)
        return is_asked and bool(self.signed.unsigned and not self.sign_off)

    @property
    def frame(self) -> str:
        """How the box is framed of what no board can vote on yet; else empty."""
        waits = "waits" if self.waits_for_sign_off else ""
        return "early" if self.one.is_early else waits

    @property
    def open_answers(self) -> tuple[str, ...]:
        """The labels of the answers that are not known."""
        return tuple(unknown.label for unknown in self.assessment.unknowns)

    @property
    def open_could(self) -> int:
        """How many of them could change the verdict."""
        return open_could(self.framework, self.assessment)

    @property
    def language(self) -> str:
        """The language of its words."""
        return self.framework.language

    @property
    def method(self) -> tuple[str, ...]:
        """The method in a few paragraphs."""
        return self.framework.method

    @property
    def changes(self) -> tuple[Flip, ...]:
        """What can happen that would change the verdict."""
        return possible_changes(self.framework, self.assessment)

    @property
    def complete(self) -> str:
        """What can still change the verdict, in words."""
        return sureness(self.framework, self.assessment).says_how_complete

    @property
    def shares(self) -> tuple[ShownShare, ...]:
        """What share of its cases each candidate passed."""
        return shares_of(self.assessment)

    @property
    def price_age(self) -> PriceAge | None:
        """How old the prices were on the day of the paper's verdict."""
        costs = self.assessment.costs
        return price_age(costs.plan.checked, costs.plan.on) if costs else None

    @property
    def months(self) -> MoneyMonths | None:
        """The months behind the money."""
        return months_of(self.money) if self.money else None

    @property
    def offer(self) -> ProposalWords | None:
        """An offer that was received, compared; None without one."""
        return worded(self.assessment.proposal)

    @property
    def offer_rate(self) -> str:
        """The rate of an offer among the options, as a sentence; may be empty."""
        offer, options = self.offer, {each.name for each in self.one.options}
        return offer.rate if offer and f"Offer: {offer.by}" in options else ""

    @property
    def recommended_in_full(self) -> str:
        """What is recommended, where neither page 1 nor the advice has all of it."""
        said, short = self.one.recommendation, self.one.recommended.removesuffix(".")
        rest = said.removeprefix(short).strip(" .:,")
        advised = " ".join(str(row) for row in self.advised).lower()
        return "" if rest.lower() in advised else said

    @property
    def since_sign_off(self) -> tuple[str, ...]:
        """What page 1 shows that the reviewer did not sign, as it says it."""
        return self.signed.since


def build_paper(
    audit: Audit,
    cover: Cover | None = None,
    record: RecordLine | None = None,
    branding: Branding | None = None,
    *,
    on: date | None = None,
    decides: date | None = None,
) -> Paper:
    """Gather the paper of a submitted audit.

    Args:
        audit: The audit.
        cover: The author's words, if different from the stored ones.
        record: The record line of its request.
        branding: The look of the organization's papers, if it was read already.
        on: The day of the paper; without it, today.
        decides: When a board decides it in a pack; without it, on the day of its own.

    Raises:
        ValueError: The audit is a draft.
    """
    (assessment, submitted_at), words = _submitted(audit), cover or cover_of(audit)
    use_case, framework, reviews = audit.use_case, framework_of(audit), _reviews(audit)
    money = money_of(assessment, plan_state(use_case.stage))
    facts = provenance_of(audit, assessment, TEMPLATE_VERSION, record)
    days = on, decides
    one, compared, doubts = _page_one(audit, assessment, words, money, days, by=reviews)
    return Paper(
        organization=str(use_case.organization),
        reference=use_case.reference,
        title=one.title,
        summary=use_case.summary,
        stage=use_case.get_stage_display(),
        team=str(use_case.team),
        owner=str(use_case.owner),
        author=str(audit.submitted_by),
        submitted_at=submitted_at,
        state=state_on_paper(audit, reviews, one.asking),
        assessment=assessment,
        one=one,
        **_remedies(audit, framework, assessment),
        framework=framework,
        trace=proved_rows(framework, assessment),
        long_readings=long_readings(framework, assessment.trace),
        money=money,
        wrong_files=wrong_files(framework, assessment),
        results_told=_results_told(audit, assessment, compared),
        given=given_numbers(assessment, audit),
        cannot_be_right=cannot_be_right(framework, assessment),
        usage_doubts=doubts,
        assumed=assumed_numbers(assessment, money),
        answers=answer_rows(framework, assessment, audit),
        signoffs=_signed(audit, assessment, reviews),
        sign_off=sign_off_words(reviews, one.asking, money),
        signed=signed(audit, reviews, words, assessment),
        glossary=tuple(word for word in framework.glossary if word.on_paper),
        provenance=facts,
        attachment=attachment_of(audit, assessment, facts, words, reviews),
        branding=branding or branding_of(use_case.organization),
        record=record,
    )


class _Remedies(TypedDict):
    plan: Plan
    ladder: Ladder | None
    usage_far_off: str
    advised: tuple[AdvisedRow, ...]


def _remedies(audit: Audit, framework: Framework, found: Assessment) -> _Remedies:
    """Return what to do next, what is known of each remedy, and what usage says."""
    state, has_stopped = plan_state(audit.use_case.stage), audit.use_case.has_stopped
    return {
        "advised": advised_rows(framework, found, has_stopped=has_stopped),
        "plan": plan_of(framework, found),
        "ladder": ladder(framework, found, audit.inputs, state),
        "usage_far_off": usage_far_off(audit, found),
    }


def _reviews(audit: Audit) -> tuple[Review, ...]:
    """Return the reviews of a submission, the oldest first."""
    return tuple(Review.objects.of_submission(audit).reverse())


def _page_one(
    audit: Audit,
    assessment: Assessment,
    words: Cover,
    money: Money | None,
    days: tuple[date | None, date | None],
    *,
    by: tuple[Review, ...],
) -> tuple[PageOne, Sequence[ShownComparison], tuple[str, ...]]:
    """Return page 1, what results show of each other and doubts of usage."""
    last, (on, decides) = by[-1] if by else None, days
    compared = comparisons_of(audit, audit.given_candidates)
    doubts = usage_doubts(audit)
    one = page_one(
        *(framework_of(audit), assessment, words, audit.use_case.name),
        until_met(naming_practices(audit, money), last.holding if last else 0),
        on=on,
        decides=decides or counted_on(audit, words, on),
        asking=asking_of(audit, words),
        valid_until=decided_until(audit, words),
        review_due=due_since(audit),
        condition_due=condition_due(last),
        back_on=_back_on(audit, words, on),
        state=plan_state(audit.use_case.stage),
        beside=beside_results(audit, assessment, compared, len(doubts)),
        after=after_sign_off(audit, last),
        met=met_before(audit),
    )
    own = with_override(one, audit, assessment, words)
    return as_decided(own, audit, words, on, last), compared, doubts


def _signed(
    audit: Audit, assessment: Assessment, reviews: tuple[Review, ...]
) -> tuple[SignOff, ...]:
    """Return who signed what, with the overrides of the verdict last."""
    overrides = override_rows(audit, framework_of(audit))
    sponsor, *others = all_sign_offs(audit, assessment, reviews)
    agreed = agreed_before(audit, cover_of(audit))
    return replace(sponsor, said=f"{sponsor.said}{agreed}"), *others, *overrides


def _back_on(audit: Audit, words: Cover, on: date | None) -> date | None:
    """Return when a decision that is taken on its day comes back; None without one."""
    day = words.decide_by
    if day is None or words.next_date or asking_of(audit, words) != "asked":
        return None
    is_late = day < (on or timezone.localdate())
    return None if is_late else validity_of(audit, day)


def _results_told(
    audit: Audit, assessment: Assessment, compared: Sequence[ShownComparison]
) -> tuple[str, ...]:
    """Return what A6 says about results, with what they show of each other."""
    return (
        *in_order(told_of_results(audit, assessment)),
        *doubtful_names(audit),
        *uncertain_results(audit),
        *compared_in(compared),
        *missing_in(compared),
        *files_behind(audit),
    )


def _submitted(audit: Audit) -> tuple[Assessment, datetime]:
    """Return the frozen assessment of an audit, and when it was submitted."""
    if audit.assessment is None or audit.submitted_at is None:
        message = "a paper is made of a submitted audit"
        raise ValueError(message)
    return read_once(audit.assessment), audit.submitted_at


def record_line_of(job: Report | BoardPack) -> RecordLine | None:
    """Return the line of the record that a paper prints; None before there was one."""
    if job.record_number is None:
        return None
    return RecordLine(job.record_number, job.record_digest)
