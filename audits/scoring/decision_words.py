"""The sentence with which page 1 asks for a decision, if the author writes none."""

from audits.frameworks.schema import Framework
from audits.scoring.explaining.advice_rows import asked
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money_currency import money_line
from audits.scoring.money_words import NO_AMOUNT, Money
from audits.scoring.proposals.proposal_words import worded


def decision_words(
    framework: Framework, assessment: Assessment, money: Money | None
) -> str:
    """Return what the decision asks for, with its amounts if they are known.

    Args:
        framework: The framework, which has the words.
        assessment: The assessment.
        money: The money behind the verdict, in US dollars; None to leave it out.
    """
    words = asked(framework, assessment)
    if money is None:
        return words
    offer = worded(assessment.proposal)
    not_accepted = offer.not_accepted if offer and not assessment.prerequisite else ""
    return " ".join(filter(None, (words, money.asks, not_accepted)))


def money_note(
    assessment: Assessment, money: Money | None, *, is_asked: bool = True
) -> str:
    """Return the sentences below the amounts of page 1; empty if none are stated.

    Args:
        assessment: The assessment.
        money: The money behind the verdict.
        is_asked: Whether the decision says what is asked for; else it is said here.
    """
    none = f"{NO_AMOUNT}." if assessment.prerequisite else ""
    if money is None or not money.stated:
        return none
    asks = "" if is_asked else money.asks
    said = (none, asks, money.note, money_line(assessment, money))
    return " ".join(filter(None, said))
