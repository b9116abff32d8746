"""A paper for information asks for nothing: it tells what is proposed, or decided."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django_scopes import scope

from audits.frameworks.loading.loader import current, published
from audits.models import Audit, Cover, Review, User
from audits.reports.context import build_paper
from audits.reports.signed.sign_offs import sign_off_words
from audits.scoring.decision_words import ASKINGS, Asking, decision_words, money_note
from audits.scoring.exchange.verification import verify
from audits.scoring.money.of_assessment import money_of
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.examples import some_of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.exchange.made_attachments import CASES, attachment
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.worked_numbers import ON_OWN_GPUS

FRAMEWORKS = {("fine_tuning", 2): published("fine_tuning", 2)}
UNTIL = date(2027, 11, 25)


def informing(cast: Cast, state: Audit.State, **words: Any) -> str:
    """Return page 1 of a paper for information, of an audit in a state."""
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        audit.state = state
        audit.valid_until = UNTIL if state == Audit.State.SIGNED_OFF else None
        cover = Cover(audit=audit, purpose=Cover.Purpose.INFORMATION, **words)
        return page_one_of(build_paper(audit, cover))


@pytest.mark.thorough
@pytest.mark.parametrize("today", ["prompt", "fine_tune_own"])
@pytest.mark.parametrize("verdict", some_of(ANSWERS, 4))
def test_no_sentence_of_it_asks_for_money(verdict: str, today: str) -> None:
    found = assessed(ANSWERS[verdict], today=today)
    money = money_of(found)
    asks = decision_words(current(), found, money)

    informing: tuple[Asking, ...] = ("told", "decided")
    for asking in informing:
        said = decision_words(current(), found, money, asking)
        note = money_note(found, money, is_asked=False, asking=asking)
        assert "sks for" not in said + note
        if money and "asks for" in money.asks:
            assert said.lower().count("it costs") == asks.count("sks for")


def test_what_is_decided_is_told_as_such() -> None:
    keep = assessed(ANSWERS["keep"], today="fine_tune_own")
    part = assessed(ANSWERS["train_small_part"], today="prompt")

    assert decision_words(current(), keep, money_of(keep), "decided").startswith(
        "Agreed to keep the tuned model, and to compare it with the best simpler "
        "approach on the same cases. It costs nothing beyond the current plan: $"
    )
    assert decision_words(current(), part, None, "decided").startswith(
        "Agreed to give the small part a price"
    )


def test_what_has_stopped_costs_only_if_it_is_taken_up_again() -> None:
    found = assessed(ANSWERS["fine_tune"], today="prompt")
    said = decision_words(current(), found, money_of(found, "stopped"), "decided")

    assert " Resuming it costs $" in said
    assert "It costs" not in said


def test_signed_paper_says_what_was_decided_and_until_when(cast: Cast) -> None:
    said = informing(cast, Audit.State.SIGNED_OFF)

    assert "For information" in said
    assert " Signed off The reviewer agreed " in said
    assert said.endswith(
        "Next date The verdict is valid until 25 November 2027; then a reviewer checks "
        "if it still holds."
    )
    assert "Decision needed" not in said


def test_authors_own_next_date_stays(cast: Cast) -> None:
    said = informing(cast, Audit.State.SIGNED_OFF, next_date="A test in May.")

    assert said.endswith("Next date* A test in May.")


@pytest.mark.thorough
def test_paper_that_informs_before_a_sign_off_says_what_is_proposed(
    cast: Cast,
) -> None:
    said = informing(cast, Audit.State.IN_REVIEW)

    assert " What is proposed Agree " in said
    assert "Decision needed" not in said
    assert "valid until" not in said


SIGNED_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("outcome", "asking", "said"),
    [
        ("approved", "decided", "Signed off by Anna Berg on 20 November 2026."),
        ("approved", "asked", ""),
        (
            "conditions",
            "asked",
            "Signed off with conditions by Anna Berg on 20 November 2026. "
            "Condition: test it.",
        ),
    ],
)
def test_sign_off_says_who_decided_and_when(
    outcome: str, asking: Asking, said: str
) -> None:
    by = User(name="Anna Berg")
    review = Review(
        audit=Audit(), outcome=outcome, by=by, at=SIGNED_AT, words="test it"
    )
    review.asked = ()

    assert sign_off_words((review,), asking) == said
    review.audit.override = "rag"
    before = "20 November 2026, before the override."
    assert sign_off_words((review,), asking) == said.replace(
        "20 November 2026.", before
    )


@pytest.mark.thorough
def test_paper_that_informs_before_a_sign_off_says_who_decides(cast: Cast) -> None:
    said = informing(cast, Audit.State.IN_REVIEW)

    assert (
        "Terms Not signed off yet: a reviewer who did not write the answers decides."
        in said
    )


@pytest.mark.thorough
@pytest.mark.parametrize("asking", some_of(ASKINGS, 1))
def test_file_of_a_paper_that_informs_is_reproduced(asking: Asking) -> None:
    found = verify(attachment(CASES[0], numbers=ON_OWN_GPUS, asking=asking), FRAMEWORKS)

    assert found.outcome == "reproduced"
    assert found.says
    assert found.says.asking == asking
    assert ("asking" in found.says.values) is (asking != "asked")


@pytest.mark.thorough
def test_page_1_of_what_has_stopped_loses_and_continues_nothing(cast: Cast) -> None:
    numbers = {"today": "fine_tune_own"}
    said = page_one_of(paper_of(cast, ANSWERS["fine_tune"], "stopped", **numbers))

    assert "If we do nothing It stays stopped, and nothing is spent. " in said
    assert " Do nothing 0 Nothing is spent " in said
    assert "The current plan goes" not in said
    assert "At risk" not in said
    runs = page_one_of(paper_of(cast, ANSWERS["fine_tune"], "live", today="prompt"))
    assert re.search(
        r"If the trained model fails its test, (\$|“Few-shot”|“Prompt”)", runs
    )
