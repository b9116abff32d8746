"""Values that are no option, no number and no token, in every field that takes one.

A field that is refused says so, shows what was sent, and keeps no other from being
saved.
"""

from itertools import product

import pytest
from django.test import Client

from audits.models import AnswerRequest, Audit, Version
from audits.models.audits import values
from tests.casting import Cast
from tests.examples import is_everyday, some_of, thorough
from tests.wizard.bad_input import VALUES, audit, page_of, text_of
from tests.wizard.page_forms import hidden, resend, send

pytestmark = pytest.mark.once

# No options, but numbers of the numbers page.
WITH_A_COMMA = {"1,5", "0,85", "1.234.567,89"}
# Which kind a value is, the first test asks for all of them.
FEW = VALUES[::8] if is_everyday() else VALUES
both_ways = pytest.mark.parametrize("htmx", [False, True], ids=["whole", "as typed"])


@pytest.mark.parametrize(
    ("name", "where", "htmx"),
    [
        ("section", ["purpose"], True),
        thorough(("section", ["purpose"], False)),
        thorough(("next_question", ["state"], True)),
        thorough(("next_question", ["state"], False)),
        thorough(("question", ["state"], True)),
        ("question", ["state"], False),
    ],
)
@pytest.mark.usefixtures("inside")
def test_answer_that_is_no_option_is_refused_and_others_are_kept(
    cast: Cast, ana: Client, name: str, where: list[str], htmx: bool
) -> None:
    page = page_of(cast, name, *where)
    opened = hidden(ana, page)

    for value in FEW if name == "question" else VALUES:
        wrong = {"state": value, "goal": ["knowledge", value], "level__state": value}
        response = resend(ana, page, opened, htmx=htmx, eval="solid_set", **wrong)

        said = text_of(response)
        assert response.status_code == (200 if htmx else 422), value
        assert f"{value} is not one of the available choices" in said
        assert ("Not saved: " if htmx else "There is a problem") in said, value
    now = audit(cast)
    others = {} if "question" in name else {"eval": "solid_set"}
    assert (values(now.answers), values(now.levels)) == (others, {})


@both_ways
@pytest.mark.parametrize("question", ["goal", "tried"])
@pytest.mark.usefixtures("inside")
def test_pick_that_is_sent_twice_is_refused_and_others_are_kept(
    cast: Cast, ana: Client, question: str, htmx: bool
) -> None:
    page = page_of(cast, "section", "purpose")
    pick = {"goal": "knowledge", "tried": "demo"}[question]

    twice = {question: [pick, pick]}
    response = send(ana, page, htmx=htmx, eval="solid_set", **twice)

    assert response.status_code == (200 if htmx else 422)
    assert "Pick each option once" in text_of(response)
    assert values(audit(cast).answers) == {"eval": "solid_set"}


@pytest.mark.parametrize("htmx", some_of([False, True]), ids=["whole", "as typed"])
@pytest.mark.usefixtures("inside")
def test_number_that_is_none_is_refused_and_shown_again(
    cast: Cast, ana: Client, htmx: bool
) -> None:
    fields = ("requests", "cache_hit", "budget_month", "model", "today")
    page = page_of(cast, "numbers")
    opened = hidden(ana, page)

    for value in set(FEW) - WITH_A_COMMA:
        wrong = dict.fromkeys(fields, value)
        response = resend(
            ana, page, opened, htmx=htmx, variable_tokens="1,200", **wrong
        )

        said = text_of(response)
        assert response.status_code == (200 if htmx else 422), value
        assert ("Not saved: " if htmx else "There is a problem") in said, value
        assert said.count(value) >= (1 if htmx else len(fields)), value
    assert values(audit(cast).numbers) == {"variable_tokens": "1200"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    some_of(
        [
            ("0.1", "0.1"),
            ("0.30", "0.3"),
            ("999,999,999.999999999", "999999999.999999999"),
            ("1\u202f234.5", "1234.5"),
            ("0", "0"),
            ("00012", "12"),
        ],
        2,
    ),
)
@pytest.mark.usefixtures("inside")
def test_money_is_kept_exactly(cast: Cast, ana: Client, typed: str, kept: str) -> None:
    send(ana, page_of(cast, "numbers"), budget_month=typed)

    assert values(audit(cast).numbers) == {"budget_month": kept}


@pytest.mark.usefixtures("inside")
def test_colleague_who_is_nobody_is_refused_and_the_message_is_shown_again(
    cast: Cast, ana: Client
) -> None:
    for value in FEW:
        form = {"section": "cost", "of": value, "message": "By Friday."}
        response = ana.post(page_of(cast, "ask"), form)

        assert response.status_code == 422, value
        assert "There is a problem" in text_of(response), value
        assert "By Friday.</textarea>" in text_of(response), value
    assert not AnswerRequest.objects.filter(section="cost").exists()


# --- tokens of the page ---------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "htmx"),
    some_of(product(["tab", "seq", "v-state", "shown", "missed"], [False, True]), 4),
)
@pytest.mark.usefixtures("inside")
def test_token_that_no_page_has_loses_no_answer(
    cast: Cast, ana: Client, name: str, htmx: bool
) -> None:
    page = page_of(cast, "section", "purpose")
    opened = hidden(ana, page)

    for number, value in enumerate(FEW):
        odd = [*opened["shown"], value] if name == "shown" else [value]
        answer = ("none", "planned")[number % 2]
        response = resend(ana, page, {**opened, name: odd}, htmx=htmx, state=answer)

        assert response.status_code < 500, value
        kept = Version.objects.filter(audit=audit(cast), item="state")
        assert answer in kept.values_list("value", flat=True), value
        kept.delete()
        Audit.objects.update(answers={})


@pytest.mark.usefixtures("inside")
def test_number_on_a_version_that_is_none_is_kept(cast: Cast, ana: Client) -> None:
    for value in FEW:
        fields = {"v-requests": value, "requests": "5", "tab": value, "seq": value}
        response = ana.post(page_of(cast, "numbers"), fields)

        assert response.status_code < 500, value
        kept = Version.objects.filter(audit=audit(cast), item="requests")
        assert [version.value for version in kept] == ["5"], value
        kept.delete()
        Audit.objects.update(numbers={})
