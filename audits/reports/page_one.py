"""The content of page 1 of a board paper: a short verdict, and the author's words.

Each field has a limit of characters, which the author's form enforces. The framework's
own words are short, and nothing is ever cut.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from audits.frameworks.schema import Framework
from audits.models import Cover
from audits.models.covers import OWNER_ROOM, RISK_ROOM, RISKS
from audits.reports.one_page.approval import open_conditions, standing_of
from audits.reports.one_page.back_said import back_said
from audits.reports.one_page.changes import changing, in_two_lines
from audits.reports.one_page.evidence_said import evidence_said
from audits.reports.one_page.money_said import notes_then, of_money, of_nothing
from audits.reports.one_page.parts import Box
from audits.reports.one_page.why_counted import why_counted
from audits.reports.todays_score import target_of
from audits.scoring import Assessment
from audits.scoring.board.acts import act_of
from audits.scoring.board.box_words import sentences
from audits.scoring.board.paper_words import DONE_SO_FAR
from audits.scoring.board.recommendation import recommendation
from audits.scoring.decision_words import Asking, asked_as
from audits.scoring.explaining.advice_rows import lower_first, outcome_lines
from audits.scoring.explaining.for_board import for_board
from audits.scoring.explaining.measurements import Measurements
from audits.scoring.money.measuring import measuring_cost
from audits.scoring.money.moves import by_when, move_of
from audits.scoring.money.states import PlanState
from audits.scoring.money.words import NO_AMOUNT, Money
from audits.scoring.options.derived_risks import MetCondition, doubts_of_tests
from audits.scoring.options.main_risk import without_source
from audits.scoring.options.option_reasons import is_large
from audits.scoring.options.options import unit
from audits.scoring.results_behind.approved_on import (
    NOT_SIGNED_OFF,
    AfterSignOff,
    waits_for_reviewer,
)
from audits.scoring.results_behind.tested_in_short import tested_in_short
from audits.scoring.sentences.cannot_be_right import in_one_line
from audits.scoring.summary.found.found import Found
from audits.scoring.sums.asked.period import money_on
from audits.scoring.told.amounts.options_then import options_then
from audits.scoring.told.own_amounts import own_amounts
from audits.scoring.told.results_counted import NOTHING_BESIDE, Beside
from audits.services.due.decision_day import decided_on
from audits.services.papers.agreed_before import agreed_said
from audits.services.papers.next_date import by_day, next_date
from audits.services.papers.page_one_purpose import NOT_YET, purpose
from audits.services.papers.page_one_words import (
    computed_risks,
    decision_asked,
    replaced_by,
    risks_otherwise,
    written_words,
)

# The characters that fit: measured on A4 and Letter, in English and in German.
ROOM = {
    "meeting": 60,
    "sponsor": 40,
    "decision_asked": 160,
    "if_nothing": 88,
    "why_now": 208,
    "risk": RISK_ROOM,
    "owner": OWNER_ROOM,
    "dated_risks": 116,
    "next_date": 72,
}
_SETTLED = 2
_TWO_LINES = 146
_NOTHING_OPEN = r" No (?:open|unanswered) question can change the verdict\.$"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOne(Box):
    """Page 1, block by block, in the order it is read.

    `recommendation` follows the name of the verdict. `standing` says whether training
    is approved, and `conditions` which checks are open; empty where nothing is trained.
    `no_amount` says that no money is asked for; empty where some may be. `money_note`
    is the line below the amounts, and `money_behind` all that the appendix says of how
    they are made up, empty where that is no more. `known_risks` are the main risks that
    are known where the author names none, `dated_risks` what a failed test loses and
    the models that end, which are printed beside the author's own, and `keep_in_mind`
    the cautions beside the verdict. An author's risks come before those that
    `may_be_replaced`, of which the first stays if it is a `doubt` of a target met.
    `measurements` say what to measure before deciding, `measuring` what that costs, if
    it is known, and `outcomes` what would follow from that, or from what comes first.
    `turned_by` says which number alone turns the cheaper plan, and `pass_mark` what the
    tests that a decision pays for have to reach, and `stated_first` what the owner is
    to enter or tell before it, and `back` when the board hears of it again; each may
    be empty, as is `why_now` where nobody wrote it: `why_derived` and the rows below
    say why. What was `tested` goes with it, in a sentence.
    `act` is what the title says to do.
    `asking` says whether a decision is asked for, `latest` by when a tuned model has to
    be moved, and `has_stopped` that the verdict is for taking it up.
    `is_provisional` says that it cannot be signed off yet, `unknown` what is missing.
    What is `not_consistent` has to be corrected before a vote; it may be empty.
    `written` are the fields in which a person's words replace computed ones,
    `own_amounts` says which amounts nobody computed, `by_board` what the board said,
    and `nothing_head` is the heading of what happens if nobody acts.
    """

    purpose: str
    asking: Asking
    meeting: str
    use_case: str
    act: str
    sponsor: str
    agreed: str
    conditions: tuple[str, ...]
    why_now: str
    tested: str
    why_derived: str
    assumed: str
    why: tuple[Found, ...]
    risks: tuple[tuple[str, str], ...]
    known_risks: tuple[str, ...]
    dated_risks: str
    keep_in_mind: str
    options_unit: str
    in_thousands: bool
    measurements: Measurements | None
    measuring: str
    outcomes: tuple[str, ...]
    money_behind: str
    further_note: str
    changes: tuple[str, str]
    unknown: str
    next_date: str
    by_day: str
    latest: str
    turned_by: str = ""
    pass_mark: str = ""
    stated_first: str = ""
    back: str = ""
    target: str = ""
    has_stopped: bool = False
    is_provisional: bool = False
    not_consistent: str = ""
    own_amounts: str = ""
    may_be_replaced: tuple[str, ...] = ()
    doubt: str = ""
    by_board: str = ""

    @property
    def decide_by(self) -> str:
        """By when the board decides; empty where it decides nothing, or not yet."""
        return self.by_day if self.stands_for == Cover.Purpose.DECISION.label else ""

    @property
    def why_now_head(self) -> str:
        """What a person's “Why now” is called, or what was done since the sign-off."""
        is_done = self.why_now and "why_now" not in self.written
        return DONE_SO_FAR if is_done else "Why now"

    @property
    def title(self) -> str:
        """The decision as the title of a file."""
        before = "Provisional: " if self.is_provisional else ""
        return f"{before}{self.heading}"

    @property
    def heading(self) -> str:
        """The act as the page’s title; a line above it says “provisional”."""
        return f"{self.use_case}: {self.act}"

    @property
    def checks(self) -> tuple[str, ...]:
        """The open checks; one alone goes on with the sentence before it."""
        is_one = len(self.conditions) == 1
        return tuple(map(lower_first, self.conditions)) if is_one else self.conditions

    @property
    def change(self) -> str:
        """What changes the verdict first; may be empty."""
        return self.changes[0]

    @property
    def more_change(self) -> str:
        """What else changes it; may be empty."""
        return self.changes[1]

    @property
    def events(self) -> tuple[str, str]:
        """What two lines have of both; A5 and A7 have all."""
        return in_two_lines(self.changes)

    @property
    def evidence(self) -> str:
        """What is open and how strong the evidence is, in two lines if nothing is."""
        nothing = _NOTHING_OPEN if len(self.unknown) > _TWO_LINES else ""
        return re.sub(nothing, "", self.unknown) if nothing else self.unknown

    @property
    def without_risks(self) -> str:
        """The known risks as one text."""
        return " ".join(self.known_risks)

    @property
    def more_risks(self) -> tuple[str, ...]:
        """The computed risks that fill the rows an author leaves."""
        free = max(RISKS - len(self.risks), bool(self.doubt)) if self.risks else 0
        return tuple(map(without_source, self.may_be_replaced[:free]))

    @property
    def counted(self) -> tuple[str, ...]:
        """How the appendix says that the money is counted, a sentence a line."""
        return tuple(sentences(f"{self.money_behind} {self.further_note}".strip()))

    @property
    def asked(self) -> str:
        """What the sentence of the decision is called."""
        if self.asking == "asked" and self.waits:
            return "What is asked"
        if self.is_early:
            return "Once ready"
        return asked_as(self.asking, is_decided=self.is_decided)

    @property
    def is_early(self) -> bool:
        """Whether a decision is asked for that the board cannot take yet."""
        return self.asking == "asked" and (
            self.purpose == NOT_YET
            or waits_for_reviewer(self.standing)
            or bool(self.not_consistent)
        )

    @property
    def has_terms(self) -> bool:
        """Whether anything goes with the decision, apart from its sign-off."""
        said = self.terms, self.pass_mark, self.standing, self.by_board
        return any((self.not_consistent, self.waits, *said))

    @property
    def in_time(self) -> str:
        """By when a move has to be decided; empty where the board decides nothing."""
        is_open = self.asking == "asked" and not (self.is_decided or self.has_stopped)
        return self.latest if is_open else ""

    @property
    def next_said(self) -> str:
        """The next date, without the day of a decision that is said just before."""
        return (
            re.sub(r"^Decide by [^.]+\. ?", "", self.next_date)
            if ("decide by" in self.in_time)
            else self.next_date
        )

    @property
    def stands_for(self) -> str:
        """What the board does with it; nothing yet if it is not ready."""
        return NOT_YET if self.is_early else self.purpose

    @property
    def waits(self) -> bool:
        """Whether a step comes before all that the verdict says."""
        return bool(self.no_amount)


def page_one(
    framework: Framework,
    assessment: Assessment,
    cover: Cover,
    use_case: str,
    money: Money | None = None,
    *,
    on: date | None = None,
    decides: date | None = None,
    asking: Asking = "asked",
    valid_until: date | None = None,
    review_due: date | None = None,
    condition_due: date | None = None,
    back_on: date | None = None,
    state: PlanState = "running",
    beside: Beside = NOTHING_BESIDE,
    after: AfterSignOff = NOT_SIGNED_OFF,
    met: tuple[MetCondition, ...] = (),
) -> PageOne:
    """Compose page 1.

    Args:
        framework: The framework, which has the words.
        assessment: The frozen assessment.
        cover: The author's words; the framework's replace empty ones.
        use_case: The name of the use case.
        money: The money behind the verdict, if known.
        on: The day of the paper; without it, today.
        decides: When the board decides; without it, as its author says.
        asking: Whether the paper asks for a decision, or informs of one.
        valid_until: The last day of the decision; None before it is taken.
        review_due: Since when its review is due; None while it is not.
        condition_due: The first day of an open condition of the sign-off.
        back_on: When what is decided on its day comes back to the board.
        state: The state of the current plan's money.
        beside: What else page 1 counts of the results.
        after: What the sign-off says, if there is one.
        met: The conditions of the sign-off before that were met since.
    """
    verdict, why = (framework, assessment), why_counted(framework, assessment, money)
    own = decided_on(assessment, cover, on) if asking == "asked" else None
    day = decides or own
    then, is_asked = money_on(money, day), not cover.decision_asked
    note, behind = notes_then(verdict, money, then, asking, is_asked=is_asked)
    return PageOne(
        purpose=purpose(assessment, cover, asking),
        asking=asking,
        meeting=cover.meeting,
        use_case=use_case,
        verdict=lower_first(assessment.named.name),
        decision_asked=decision_asked(*verdict, cover, then, asking),
        recommendation=recommendation(*verdict, has_stopped=state == "stopped"),
        standing=standing_of(framework, assessment, state, after),
        conditions=open_conditions(assessment),
        **of_nothing(verdict, money, state, day, written=cover.if_nothing, note=note),
        why_now=cover.why_now,
        why=why,
        risks=tuple((risk["text"], risk["owner"]) for risk in cover.risks),
        known_risks=tuple(map(for_board, risks_otherwise(*verdict, then, met))),
        may_be_replaced=tuple(map(for_board, computed_risks(*verdict, then, met))),
        doubt=" ".join(doubts_of_tests(*verdict, met)[:1]),
        keep_in_mind=" ".join(item.text for item in assessment.settle[:_SETTLED]),
        options=options_then(*verdict, state, then, day),
        options_unit=unit(assessment),
        in_thousands=is_large(assessment),
        outcomes=tuple(map(for_board, outcome_lines(assessment))),
        no_amount=f"{NO_AMOUNT}." if assessment.prerequisite else "",
        money_note=note,
        money_behind=behind,
        **of_money(*verdict, money, asking, day),
        **changing(*verdict, then),
        target=target_of(assessment, state),
        unknown=evidence_said(framework, assessment, why, beside, state),
        **_dates(*verdict, cover, on, (valid_until, review_due, condition_due)),
        **_not_yet(verdict, money, state, cover, back_on),
        written=replaced_by(cover),
        own_amounts=own_amounts(*verdict, written_words(cover), state, asking),
    )


def _not_yet(
    verdict: tuple[Framework, Assessment],
    money: Money | None,
    state: PlanState,
    cover: Cover,
    back_on: date | None,
) -> dict[str, Any]:
    """Return the act, what was tested and what keeps it from a vote."""
    framework, assessment = verdict
    found, codes = assessment.candidates, assessment.codes
    return {
        "act": act_of(framework, assessment, state),
        "sponsor": cover.sponsor,
        "agreed": agreed_said(cover),
        "measurements": assessment.measurements,
        "measuring": cost.words if (cost := measuring_cost(assessment)) else "",
        "tested": tested_in_short(found, codes, cover.why_now),
        "back": back_said(*verdict, money, back_on, cover.decide_by),
        "has_stopped": state == "stopped",
        "is_provisional": assessment.provisional is not None,
        "not_consistent": for_board(in_one_line(framework, assessment)),
    }


def _dates(
    framework: Framework,
    assessment: Assessment,
    cover: Cover,
    on: date | None,
    until: tuple[date | None, date | None, date | None],
) -> dict[str, Any]:
    """Return the next date, and by when the board decides and a model is moved."""
    (valid_until, review_due, due), day = until, on or timezone.localdate()
    then = framework, assessment, cover, day, valid_until
    move = move_of(assessment)
    return {
        "next_date": next_date(*then, review_due=review_due, condition_due=due),
        "by_day": by_day(assessment, cover, day),
        "latest": f"{by_when(move, on)}." if move else "",
    }
