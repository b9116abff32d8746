"""What became of a decision of a board, as one table; and what verdicts ask for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.frameworks.loading import loader
from audits.scoring.board.follow_ups import (
    FollowUp,
    FollowUpKind,
    Situation,
    asked_by,
    follow_ups,
    is_at_wrong_stage,
)
from audits.scoring.board.standing import (
    BoardOutcome,
    BoardStanding,
    Decided,
    Part,
    counted,
    parts_of,
    standing_of,
)
from audits.scoring.board.words import state_in_words

TODAY = date(2027, 1, 12)
BY, PAST, LOOK = date(2027, 2, 1), date(2027, 1, 11), date(2027, 6, 1)
OPEN, DONE = Part(name="Stop", is_done=False), Part(name="Move", is_done=True)


def decided(
    outcome: BoardOutcome, by: date | None, look: date | None, *parts: Part
) -> BoardStanding:
    found = Decided(outcome=outcome, carry_out_by=by, look_on=look, parts=parts)
    return standing_of(found, TODAY)


@pytest.mark.parametrize(
    ("standing", "state", "words", "next_on"),
    [
        (standing_of(None, TODAY), "undecided", "Not yet decided", None),
        (decided("refused", None, None), "refused", "Refused", None),
        (decided("refused", None, LOOK), "refused", "Refused", LOOK),
        (
            decided("deferred", None, LOOK),
            "deferred",
            "Deferred until 1 June 2027",
            LOOK,
        ),
        (
            decided("approved", BY, LOOK, OPEN, DONE),
            "open",
            "Approved, 1 of 2 steps done",
            BY,
        ),
        (
            decided("approved", TODAY, None, OPEN),
            "open",
            "Approved, 0 of 1 step done",
            TODAY,
        ),
        (
            decided("amended", PAST, None, OPEN, DONE),
            "overdue",
            "Approved with changes, 1 of 2 steps done, overdue",
            PAST,
        ),
        (
            decided("approved", PAST, LOOK, DONE),
            "carried_out",
            "Approved and carried out",
            LOOK,
        ),
    ],
)
def test_state_of_a_decision(
    standing: BoardStanding, state: str, words: str, next_on: date | None
) -> None:
    assert (standing.state, state_in_words(standing), standing.next_on) == (
        state,
        words,
        next_on,
    )
    assert standing.missing == (("Stop",) if standing.is_open else ())


@pytest.mark.parametrize(
    ("found", "kinds"),
    [
        (Situation(family="stop", stage="training"), ["stage", "training"]),
        (
            Situation(family="stop", stage="training", at_risk="training"),
            ["stage", "training", "money"],
        ),
        (Situation(family="stop", stage="planned"), ["done"]),
        (
            Situation(
                family="move", stage="live", runs="tuned_model", at_risk="running"
            ),
            ["training", "money"],
        ),
        (
            Situation(
                family="move",
                stage="live",
                runs="tuned_model",
                at_risk="running",
                saves=Decimal(-10_132),
            ),
            ["training"],
        ),
        (Situation(family="keep", stage="live", runs="tuned_model"), ["done"]),
        (
            Situation(family="gather", stage="training", at_risk="training"),
            ["stage", "training"],
        ),
        (Situation(family="tune", stage="training"), ["done"]),
        (
            Situation(
                family="stop",
                stage="training",
                at_risk="training",
                sets_up="Retrieval",
                offer="Nordlys",
            ),
            ["stage", "training", "setup", "offer", "money"],
        ),
        (Situation(family="move", stage="live", sets_up="Few-shot"), ["setup"]),
    ],
)
def test_verdict_and_stage_say_what_has_to_be_done(
    found: Situation, kinds: list[str]
) -> None:
    asked = asked_by(found)

    assert [each.kind for each in asked] == kinds
    assert [FollowUp.of_value(each.as_value()) for each in asked] == [*asked]


def test_what_is_built_is_put_into_use_and_neither_tested_nor_set_up() -> None:
    for family in ("stop", "move", "rebuild"):
        found = Situation(
            family=family, stage="live", sets_up="Few-shot", is_built=True
        )
        [step] = [each for each in asked_by(found) if each.kind == "setup"]

        assert step.name == "Put “Few-shot” into use"
        assert step.done == "“Few-shot” put into use"


def test_families_of_the_data_are_those_there_are() -> None:
    data = follow_ups()
    rows = [*data.stage, *data.training, *data.setup, *data.put_to_use, *data.money]

    assert {x for row in rows for x in row.families} <= {*loader.current().families}
    assert all(row.to not in row.stages for row in data.stage)
    assert not is_at_wrong_stage(None, "training")


@dataclass(frozen=True)
class Step:
    """A step as it is stored."""

    pk: int
    kind: Any
    undoes_id: int | None = None


ASKED = asked_by(Situation(family="stop", stage="training", at_risk="training"))
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["training", "money", "back"]), st.integers(0, 9), st.booleans()
    ),
    max_size=20,
)


@given(ACTS)
def test_steps_in_any_order_lose_no_row_and_are_done_only_if_all_are(
    acts: list[tuple[str, int, bool]],
) -> None:
    stored: list[Step] = []
    stage = "training"
    for number, (kind, which, moves) in enumerate(acts):
        before = [*stored]
        those = counted(stored)
        if kind != "back":
            stored.append(Step(number, kind))
        elif those:
            stored.append(Step(number, "taken_back", those[which % len(those)].pk))
        stage = "building" if moves else "training"
        assert stored[: len(before)] == before

        kinds: set[FollowUpKind] = {each.kind for each in counted(stored)}
        parts = parts_of(ASKED, stage=stage, kinds=kinds)
        found = decided("approved", BY, None, *parts)

        is_all = {"training", "money"} <= kinds and stage == "building"
        assert (found.state == "carried_out") is is_all
        assert found.done + len(found.missing) == found.of == len(ASKED)


def test_step_that_was_taken_back_does_not_count_nor_does_taking_it_back() -> None:
    stopped, moved = Step(1, "stage"), Step(2, "training")

    assert counted([stopped, moved]) == [stopped, moved]
    assert counted([stopped, moved, Step(3, "taken_back", stopped.pk)]) == [moved]
