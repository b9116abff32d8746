"""The words of page 1 that people write, as a page shows them and a paper prints them.

An empty field prints what the framework says instead, except the first three.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from audits.frameworks.schema import Framework
from audits.models import Audit, Cover, Review
from audits.scoring import Assessment
from audits.scoring.board.overriding import RISK, Overridden
from audits.scoring.board.paper_words import DONE_SO_FAR, BoardSaid, said_since
from audits.scoring.decision_words import Asking, asked_as, money_brief
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.once_met import until_met
from audits.scoring.money.states import PlanState, plan_state
from audits.scoring.money.words import Money
from audits.scoring.options.derived_risks import MetCondition
from audits.scoring.options.if_nothing import IF_NOTHING, if_nothing
from audits.scoring.options.main_risk import (
    BesideOwn,
    beside_own,
    dated_risks,
    kept_risks,
    main_risks,
)
from audits.scoring.summary.plan import plan_of
from audits.scoring.sums.asked.confirming import decision_said
from audits.scoring.sums.asked.period import money_on, plan_from
from audits.scoring.sums.of_verdict import sums_of
from audits.scoring.told.own_amounts import own_amounts, told_beside_sums
from audits.scoring.told.result.asked_sum import asked_sum
from audits.services.due.asking import asking_of, decided_until
from audits.services.due.board_decisions import said_by_board
from audits.services.due.contradictions import due_since
from audits.services.papers.agreed_before import agreed_before, agreed_said
from audits.services.papers.asked_on_paper import counted_on
from audits.services.papers.met_before import met_before
from audits.services.papers.next_date import DECIDE_BY, condition_due, due, next_date
from audits.services.papers.page_one_purpose import purpose
from audits.services.papers.page_one_writers import (
    Writers,
    cover_and_writers,
    writers_of,
    writers_of_fields,
)
from audits.services.verdicts.assessments import framework_of
from audits.services.verdicts.overridden import overridden_of

LABELS = {
    "purpose": "What the paper is for",
    "meeting": "Meeting and date",
    "sponsor": "Sponsor",
    "sponsor_agreed_on": "Sponsor agreed on",
    "decision_asked": "Decision needed",
    "if_nothing": IF_NOTHING,
    "why_now": "Why now",
    "risks": "Risks",
    "decide_by": DECIDE_BY,
    "next_date": "Next date",
}
# What is computed where nobody writes it; “Why now” only once decided steps are done.
COMPUTED = ("decision_asked", "if_nothing", "why_now", "risks", "next_date")

# The fields that are days.
_DAYS = ("sponsor_agreed_on", "decide_by")
_EMPTY = "Empty"
_NO_OTHERS = "The author names no others."
_COMPUTED_RISK = "(Attune computes this and always prints it)"
_FILLS = "(Attune computes this)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One field of page 1: what the paper prints, and whether a person wrote it.

    `by` is who wrote it, and `instead_of` what the paper would print if nobody had.
    """

    label: str
    lines: tuple[str, ...]
    is_written: bool
    by: str = ""
    instead_of: tuple[str, ...] = ()

    @property
    def is_filled_in(self) -> bool:
        """Whether the paper prints words of the assessment, as nobody wrote any."""
        return not self.is_written and self.lines[0] != _EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One field of page 1 whose words have changed since the sign-off."""

    label: str
    signed: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsOfPageOne:
    """All that people wrote on page 1, who did, and what was signed of it.

    Equal ones say the same, so a page draws them once; the fields are worked out only
    then. `written` is the text of a cover, `by` who wrote which field, and `on` the day
    of the page; its 12 months are those of the verdict, unless it `counts_from` a later
    day. `still_open` counts the conditions for which the amount waits; one is
    due first on `condition_due`. `met` are those of the sign-off before that were met
    since. `board` is what the board decided, `override` what counts in place of the
    verdict, and `agreed` when the sponsor agreed.
    """

    framework: Framework
    assessment: Assessment
    written: str
    asking: Asking
    valid_until: date | None
    review_due: date | None
    plan_state: PlanState
    on: date
    counts_from: date | None
    writers: Writers
    changed: tuple[Changed, ...]
    by: tuple[tuple[str, str], ...] = ()
    still_open: int = 0
    condition_due: date | None = None
    met: tuple[MetCondition, ...] = ()
    board: BoardSaid | None = None
    override: Overridden | None = None
    agreed: str = ""

    def __hash__(self) -> int:
        """Hash what people wrote and when, which all but tells pages apart."""
        return hash((self.written, self.on, self.writers, self.changed))

    @property
    def sums(self) -> tuple[tuple[str, str], ...]:
        """What is computed of the money, whatever people wrote."""
        if self.override:
            return self.override.sums
        verdict = self.framework, self.assessment
        money = money_on(money_of(verdict[1], self.plan_state), self.counts_from)
        asked = asked_sum(*verdict, money, plan_of(*verdict).first)
        return sums_of(money, asked, self.still_open, self.asking)

    @property
    def own_amounts(self) -> str:
        """Which amounts of the author page 1 computes nowhere; empty if none."""
        words = written_words(Cover.of_text(self.written))
        given = self.framework, self.assessment, words, self.plan_state, self.asking
        return own_amounts(*given)

    @property
    def own_amounts_told(self) -> str:
        """Which amounts are the author's and which are computed; empty without any."""
        return told_beside_sums(self.own_amounts)

    @property
    def fields(self) -> tuple[Words, ...]:
        """The fields of page 1 as the paper prints them."""
        return tuple(_printed(self, Cover.of_text(self.written)))


def words_of_page_one(
    audit: Audit,
    assessment: Assessment,
    cover: Cover | None = None,
    review: Review | None = None,
) -> WordsOfPageOne:
    """Return what people wrote on page 1 as the paper prints it.

    Args:
        audit: The audit; its framework has the words for empty fields.
        assessment: Its frozen assessment.
        cover: The words; if not given, they are read with their writers.
        review: The latest review of the audit, if there is one.
    """
    if cover is None:
        cover, writers = cover_and_writers(audit)
    else:
        writers = writers_of(audit)
    return WordsOfPageOne(
        framework=framework_of(audit),
        assessment=assessment,
        written=cover.as_text,
        asking=asking_of(audit, cover),
        valid_until=decided_until(audit, cover),
        review_due=due_since(audit),
        plan_state=plan_state(audit.use_case.stage),
        on=timezone.localdate(),
        counts_from=counted_on(audit, cover),
        writers=writers,
        changed=changed_words(cover, review),
        by=tuple(writers_of_fields(audit).items()) if replaced_by(cover) else (),
        still_open=review.holding if review and audit.signed_off_at else 0,
        condition_due=condition_due(review) if audit.signed_off_at else None,
        met=met_before(audit),
        board=said_by_board(audit),
        override=overridden_of(audit),
        agreed=f"{agreed_said(cover)}{agreed_before(audit, cover)}",
    )


def replaced_by(cover: Cover) -> tuple[str, ...]:
    """Return the fields whose words replace computed ones."""
    return tuple(name for name in COMPUTED if getattr(cover, name))


def written_words(cover: Cover) -> tuple[str, ...]:
    """Return all that an author wrote on page 1 and that may name an amount."""
    texts = [getattr(cover, name) for name in COMPUTED if name != "risks"]
    return tuple(filter(None, (*texts, *(risk["text"] for risk in cover.risks))))


def own_amounts_of(audit: Audit, assessment: Assessment) -> str:
    """Return which amounts of an author page 1 computes nowhere; empty if none.

    Note: one query.
    """
    cover = Cover.objects.filter(audit=audit).first()
    if cover is None:
        return ""
    state, asking = plan_state(audit.use_case.stage), asking_of(audit, cover)
    words = written_words(cover)
    return own_amounts(framework_of(audit), assessment, words, state, asking)


def changed_words(cover: Cover, review: Review | None) -> tuple[Changed, ...]:
    """Return the fields whose words have changed since the sign-off."""
    if review is None or review.outcome == Review.Outcome.SENT_BACK:
        return ()
    now, signed = cover.as_stored, review.page_one
    return tuple(
        Changed(
            label=label,
            signed=in_history(name, signed.get(name)),
            now=in_history(name, now[name]),
        )
        for name, label in LABELS.items()
        if signed.get(name) != now[name]
    )


def in_history(name: str, value: Any) -> str:
    """Return a stored field of page 1 in words."""
    if not value:
        return _EMPTY
    if name == "purpose":
        return str(Cover.Purpose(value).label)
    if name == "risks":
        return "; ".join(_risks(value))
    if name in _DAYS:
        return date_format(date.fromisoformat(value))
    return str(value)


def decision_asked(
    framework: Framework,
    assessment: Assessment,
    cover: Cover,
    money: Money | None = None,
    asking: Asking = "asked",
) -> str:
    """Return the author's words, or the framework's with the cost if it is given."""
    return cover.decision_asked or decision_said(framework, assessment, money, asking)


def risks_otherwise(
    framework: Framework,
    assessment: Assessment,
    money: Money | None,
    met: tuple[MetCondition, ...] = (),
) -> tuple[str, ...]:
    """Return what page 1 says of risks that nobody wrote: the main ones that are known.

    Models that end come after them.

    Args:
        framework: The framework of the assessment.
        assessment: The frozen assessment.
        money: The money behind it, if it is known.
        met: The conditions of the sign-off before that were met since.
    """
    found = main_risks(framework, assessment, money, met)
    dated = dated_risks(money, " ".join(found))
    return tuple(filter(None, (*found, dated, _NO_OTHERS)))


def computed_risks(
    framework: Framework,
    assessment: Assessment,
    money: Money | None,
    met: tuple[MetCondition, ...] = (),
) -> tuple[str, ...]:
    """Return the computed risks that an author's may replace: see `beside_own`."""
    return beside_own(framework, assessment, money, 0, met).printed


def _printed(page: WordsOfPageOne, cover: Cover) -> Iterator[Words]:
    assessment, asking, stored = page.assessment, page.asking, cover.as_stored
    otherwise, by = _computed(page, cover), dict(page.by)
    labels = LABELS | {
        "decision_asked": asked_as(asking, is_decided=page.board is not None),
        "decide_by": due(assessment),
        "if_nothing": page.board.if_nothing if page.board else IF_NOTHING,
    }
    del labels["sponsor_agreed_on"]  # it is beside the sponsor
    if "why_now" in otherwise and not stored["why_now"]:
        labels["why_now"] = DONE_SO_FAR
    for name, label in labels.items():
        lines: tuple[str, ...] = (in_history(name, stored[name]),)
        if not stored[name]:
            lines = otherwise.get(name, lines)
        elif name == "sponsor":
            lines = (f"{cover.sponsor} ({page.agreed})",)
        elif name == "risks" and page.override:
            lines = (*_risks(cover.risks),)
        elif name == "risks":
            fills = (f"{risk} {_FILLS}" for risk in _beside_own(page, cover).printed)
            nothing = cover.if_nothing or otherwise["if_nothing"][0]
            lines = (*_risks(cover.risks), *fills, *_dated(page, nothing))
        elif name == "purpose":
            for_what = purpose(assessment, cover, asking)
            lines = (page.board.head if page.board else for_what,)
        is_written = bool(stored[name])
        yield Words(
            label=label,
            lines=lines,
            is_written=is_written,
            by=by.get(name, "") if is_written else "",
            instead_of=_instead(page, name, otherwise, cover) if is_written else (),
        )


def _instead(
    page: WordsOfPageOne,
    name: str,
    otherwise: Mapping[str, tuple[str, ...]],
    cover: Cover,
) -> tuple[str, ...]:
    """Return what is printed where nobody wrote, but what an author makes untrue."""
    if name != "risks" or page.override:
        return otherwise.get(name, ())[:1]
    return _beside_own(page, cover).replaced


def _beside_own(page: WordsOfPageOne, cover: Cover) -> BesideOwn:
    """Return which computed risks the paper prints below the author's own."""
    money = money_of(page.assessment, page.plan_state)
    verdict, own = (page.framework, page.assessment), len(cover.risks)
    return beside_own(*verdict, money, own, page.met)


def _dated(page: WordsOfPageOne, nothing: str) -> Iterator[str]:
    """Yield what the paper adds to the author's risks: a loss, and models that end."""
    money = money_of(page.assessment, page.plan_state)
    if said := kept_risks(money, f"{money_brief(page.assessment, money)} {nothing}"):
        yield f"{said} {_COMPUTED_RISK}"


def _computed(page: WordsOfPageOne, cover: Cover) -> dict[str, tuple[str, ...]]:
    """Return what page 1 prints where nobody wrote anything."""
    framework, assessment = page.framework, page.assessment
    money = until_met(money_of(assessment, page.plan_state), page.still_open)
    then = plan_from(money, page.counts_from)
    nothing = if_nothing(framework, assessment, money, page.plan_state, then)
    decision = decision_said(
        framework, assessment, money_on(money, page.counts_from), page.asking
    )
    risks = risks_otherwise(framework, assessment, money, page.met)
    if (own := page.override) is not None:
        nothing, decision, risks = own.nothing, own.asked, (RISK,)
    unwritten = Cover(purpose=cover.purpose, decide_by=cover.decide_by)
    return {
        "decision_asked": (decision,),
        "if_nothing": (nothing,),
        "risks": risks,
        "next_date": (
            next_date(
                *(framework, assessment, unwritten, page.on, page.valid_until),
                review_due=page.review_due,
                condition_due=page.condition_due,
                board=page.board,
            ),
        ),
        **{name: (said,) for name, said in said_since(page.board, nothing).items()},
    }


def _risks(risks: list[dict[str, str]]) -> Iterator[str]:
    return (f"{risk['text']} ({risk['owner'] or 'no owner'})" for risk in risks)
