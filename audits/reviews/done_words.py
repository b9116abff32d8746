"""What a reviewer is told once a decision is stored, with the next that waits."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from audits.models import Review, User
from audits.scoring.cards.card import Card
from audits.scoring.days import in_words
from audits.scoring.money.words import Money
from audits.scoring.sums.asked.confirming import part_of_up_front
from audits.services.portfolio.next_decision import next_decision
from audits.services.reviews.returned import waits_for

_PAYS_FOR_TESTS = (
    "It also pays for the tests of the move: a condition that needs their result would "
    "wait for itself. "
)
_PAYS_FOR_TEST = (
    "It also pays for the test that comes first: a condition that needs its result "
    "would wait for itself, so choose “While the work goes on” for that one. "
)


def done_words(review: Review, conditions: int) -> SafeString:
    """Say what was decided, for whom it waits now, and what is next.

    Args:
        review: The decision.
        conditions: How many conditions it has.
    """
    return format_html("{} {}", _said(review, conditions), _next(review.by))


def _said(review: Review, conditions: int) -> SafeString:
    name = review.audit.use_case.name
    if review.outcome == Review.Outcome.SENT_BACK:
        said = "You sent <bdi>{}</bdi> back. It waits for <bdi>{}</bdi> to answer."
        return format_html(said, name, waits_for([review])[review.pk] or "its author")
    with_conditions = ""
    if conditions:
        with_conditions = f", with {conditions} condition{'s'[: conditions > 1]}"
    return format_html("You signed off <bdi>{}</bdi>{}.", name, with_conditions)


def _next(person: User) -> SafeString:
    found = next_decision(person)
    if found is None:
        return format_html("{}", "No other review waits for you.")
    return format_html(
        'Next: <a href="{}"><bdi>{}</bdi>{}</a>',
        reverse("review", args=[found.audit_id]),
        found.name,
        f", by {in_words(found.by)}" if found.by else "",
    )


def follows_from(money: Money | None, test: Card | None = None) -> str:
    """Say to a reviewer what a condition does to the amount, before there is one.

    Args:
        money: The money behind the verdict; None without any.
        test: The test that comes before it; None without one.
    """
    if money is None or not money.asks_now:
        return "No amount is asked for now, so none waits for a condition."
    pays = _PAYS_FOR_TEST if test and part_of_up_front(money, test) else ""
    tests = _PAYS_FOR_TESTS if money.move else pays
    return (
        "The amount that is asked for waits until each condition is confirmed as met, "
        f"unless you say below that it can be met while the work goes on. {tests}"
        "The paper says so."
    )
