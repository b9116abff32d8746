"""A scenario and page 1 say how an answer is known as every other page does."""

from dataclasses import replace

from audits.landscape.catalogue import catalogue
from audits.results.what_if_form import WhatIfForm
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.if_nothing import if_nothing
from audits.scoring.scored.by_hand import TRIED
from audits.scoring.summary.found.tried_by_hand import shown_levels
from audits.scoring.what_if.changes import Changes
from tests.scoring.mail import DAY, FRAMEWORK, mail, mail_inputs


def test_scenario_lists_the_level_that_counts() -> None:
    form = WhatIfForm(
        framework=FRAMEWORK,
        inputs=mail_inputs(),
        changes=Changes(),
        given={},
        market=catalogue(DAY),
        letter="a",
    )

    [row] = [each for each in form.rows if each.question.id == TRIED]

    assert shown_levels(mail())[TRIED] == "asserted"
    [level] = row.fields
    assert level.options[0] == ("", "As now: asserted")


def test_level_that_nobody_stated_is_said_to_count_as_asserted() -> None:
    inputs = replace(mail_inputs(), levels={})
    form = WhatIfForm(
        framework=FRAMEWORK,
        inputs=inputs,
        changes=Changes(),
        given={},
        market=catalogue(DAY),
        letter="a",
    )

    fields = [field for row in form.rows for field in row.fields]

    as_now = {x.options[0][1] for x in fields if x.label.startswith("Evidence for “")}
    assert "As now: not stated, so asserted" in as_now


def test_need_that_nothing_shows_in_full_is_not_called_measured() -> None:
    found = mail(example_quality="consistent")
    assert found.advice
    assert found.advice.unproven_answers

    money = money_of(found, "planned")
    said = if_nothing(FRAMEWORK, found, money, "planned")

    assert "The need stays: " in said
    assert "measured" not in said
