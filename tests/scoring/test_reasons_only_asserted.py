"""A reason that lacks nothing but proof names the answer that nobody has shown."""

from tests.scoring.cards.test_advised_next import disagreed


def because(name: str) -> str:
    found = {x.name: x for x in disagreed(task_shape="narrow_stable").trace.reasons}
    reason = found[name]
    assert reason.shown == "unknown"
    return reason.because


def test_gap_that_is_answered_is_not_said_to_be_unknown() -> None:
    assert because("Skill").startswith(
        "“Gap to the target” is only asserted, and has to be shown."
    )


def test_what_nobody_answered_is_still_said_to_be_unknown() -> None:
    assert because("Taste").startswith("It is not known whether")
