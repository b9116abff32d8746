"""A decision is recorded, replaced and carried out; nothing of it is lost."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django_scopes import scope

from audits.models import (
    BoardDecision,
    DecisionStep,
    Event,
    PortfolioRow,
    Stage,
    UseCase,
)
from audits.scoring.board.follow_ups import follow_ups
from audits.services.answers.answers import fresh_audit
from audits.services.board.recording import (
    NotInForce,
    Record,
    RecordedMeanwhile,
    record_decision,
)
from audits.services.board.steps import take_step_back
from audits.services.due.board_decisions import of_board
from audits.services.portfolio.rows import follow_use_cases
from tests.board.boards import did, in_days, record, sign
from tests.casting import Cast


def row_of(audit: models.Model) -> PortfolioRow:
    return PortfolioRow.objects.get(audit=audit.pk)


def test_later_record_replaces_an_earlier_one_which_stays(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = sign(ours)
        first = record(audit, ours.contributor, "deferred")
        assert row_of(audit).board_said.startswith("Deferred until ")

        second = record(audit, ours.contributor, amount=Decimal("0.00"))

        found = of_board(fresh_audit(audit))
        assert found is not None
        assert found.decision == second
        assert found.standing.of == 2
        assert [x.number for x in BoardDecision.objects.filter(audit=audit)] == [1, 2]
        lines = Event.objects.filter(verb__startswith="board.").order_by("number")
        assert [line.verb for line in lines] == ["board.deferred", "board.approved"]
        assert [line.subject for line in lines] == [str(first.pk), str(second.pk)]
        assert second.amount == 0
        assert first.amount is None


# What is recorded, and the field that is refused.
MISSING: list[tuple[str, dict[str, Any], str]] = [
    ("approved", {"carry_out_by": None}, "carry_out_by"),
    ("approved", {"carry_out_by": in_days(-1)}, "carry_out_by"),
    ("approved", {"decided_on": in_days(1)}, "decided_on"),
    ("approved", {"amount": Decimal(-1)}, "amount"),
    ("approved", {"meeting": " "}, "meeting"),
    ("amended", {"words": " "}, "words"),
    ("refused", {"words": ""}, "words"),
    ("deferred", {"words": ""}, "words"),
    ("deferred", {"look_on": None}, "look_on"),
    ("deferred", {"look_on": in_days(0)}, "look_on"),
    ("maybe", {}, "outcome"),
]


def test_what_is_missing_is_named_and_nothing_is_stored(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = sign(ours)

        for outcome, more, field in MISSING:
            with pytest.raises(ValidationError) as refused:
                record(audit, ours.contributor, outcome, **more)

            assert [*refused.value.message_dict] == [field], (outcome, more)
            assert not BoardDecision.objects.exists()


def test_only_a_signed_verdict_in_force_has_a_decision(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        for audit in (ours.draft, ours.submitted):
            with pytest.raises(NotInForce):
                record(audit, ours.contributor)
        assert of_board(fresh_audit(ours.submitted)) is None


def test_second_of_two_pages_is_told_of_the_first(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = sign(ours)
        record(audit, ours.contributor)
        entered = Record(
            outcome="refused",
            decided_on=in_days(0),
            meeting="Board",
            words="No.",
        )

        with pytest.raises(RecordedMeanwhile):
            record_decision(audit=audit, by=ours.contributor, record=entered, read=0)

        assert BoardDecision.objects.count() == 1


def test_it_is_carried_out_once_all_is_done_and_open_when_some_is_taken_back(
    cast: Cast,
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = sign(ours)
        decision = record(audit, ours.contributor)
        states = [row_of(audit).board_said]
        training = did(decision, ours.contributor, "training")
        states.append(row_of(audit).board_said)
        stage = did(decision, ours.contributor, "stage")
        states.append(row_of(audit).board_said)
        use_case = UseCase.objects.get(pk=audit.use_case_id)
        assert use_case.stage == row_of(audit).stage == "building"

        for step in (training, stage):
            assert take_step_back(step=step, by=ours.contributor, words="Not so.")
            assert take_step_back(step=step, by=ours.contributor, words="No.") is None
            states.append(row_of(audit).board_said)

        assert states == [
            "Approved, 0 of 2 steps done",
            "Approved, 1 of 2 steps done",
            "Approved and carried out",
            "Approved, 1 of 2 steps done",
            "Approved, 0 of 2 steps done",
        ]
        assert UseCase.objects.get(pk=use_case.pk).stage == "training"
        assert DecisionStep.objects.count() == 4
        verbs = Event.objects.filter(verb__startswith="board_step.")
        assert [x.verb.partition(".")[2] for x in verbs.order_by("number")] == [
            *("training", "stage"),
            *("taken_back", "taken_back"),
        ]


def test_steps_count_for_a_later_record_and_a_replaced_one_takes_none(
    cast: Cast,
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = sign(ours)
        first = record(audit, ours.contributor)
        did(first, ours.contributor, "training")

        second = record(audit, ours.contributor, "amended")

        found = of_board(fresh_audit(audit))
        assert found is not None
        assert found.decision == second
        assert found.standing.done == 1
        with pytest.raises(NotInForce):
            did(first, ours.contributor, "training")


def test_stage_that_an_import_changes_is_done_and_changes_the_next_date(
    cast: Cast,
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = sign(ours)
        assert row_of(audit).due_on == row_of(audit).board_due_on == in_days(30)
        decision = record(audit, ours.contributor, carry_out_by=in_days(10))
        did(decision, ours.contributor, "training")
        assert row_of(audit).due_on == in_days(10)

        use_case = UseCase.objects.get(pk=audit.use_case_id)
        use_case.stage = "building"
        use_case.save()
        follow_use_cases([use_case])

        row = row_of(audit)
        assert row.board_said == "Approved and carried out"
        assert row.board_due_on is None
        assert row.due_on is not None
        assert row.due_on > in_days(10)


def test_money_is_above_nothing_and_says_how_often(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = sign(ours)
        decision = record(audit, ours.contributor)
        BoardDecision.objects.update(
            follow_ups=[{**decision.follow_ups[0], "kind": "money"}]
        )
        decision.refresh_from_db()
        for wrong in ({"amount": None}, {"amount": Decimal(0)}, {"basis": "never"}):
            with pytest.raises(ValidationError):
                did(decision, ours.contributor, "money", **wrong)

        did(decision, ours.contributor, "money")
        did(decision, ours.contributor, "money", amount=Decimal(50), basis="once")

        found = of_board(fresh_audit(audit))
        assert found is not None
        assert found.released("month") == 900
        assert found.released("once") == 50


def test_stages_that_a_decision_asks_for_are_those_there_are() -> None:
    data = follow_ups()
    rows = [*data.stage, *data.training, *data.money]

    assert {x for row in rows for x in (*row.stages, row.to) if x} <= {*Stage.values}
