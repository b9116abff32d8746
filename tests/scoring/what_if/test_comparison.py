"""A comparison names what differs, and the reasons and blockers behind it."""

from datetime import date
from decimal import Decimal

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on, given_to
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from audits.scoring.scored.candidates import Candidates
from audits.scoring.what_if.changes import Changes, changed
from audits.scoring.what_if.comparison import Outcome, compared, outcome_of
from tests.scoring.letters import FRAMEWORK as PINNED
from tests.scoring.letters import NUMBERS, letters, scored
from tests.scoring.live_prompts import LIVE_FACTS
from tests.scoring.what_if.test_changes import TRAINING

FRAMEWORK, DAY = current(), date(2026, 11, 24)


def outcome(inputs: Inputs) -> Outcome:
    return outcome_of(FRAMEWORK, assess_on(FRAMEWORK, inputs, DAY), inputs)


def test_another_answer_changes_verdict_money_steps_and_reasons() -> None:
    met = changed(TRAINING, Changes(answers={"quality_gap": "met"}))
    before, after = outcome(TRAINING), outcome(met)

    found = compared(before, [before, after])

    same, other = found.scenarios
    assert not same.parts
    assert same.saving == 0
    assert other.parts == {"verdict", "money", "steps"}
    assert before.year is not None
    assert after.year is not None
    assert before.way is not None
    assert other.saving == after.years[before.way] - after.year != 0
    assert (before.named.name, after.named.name) == ("Fine-tune", "Few-shot")
    skill = next(row for row in found.reasons if row[0] == "Reason: Skill")
    assert skill[1:] == ("Holds", "Holds", "Does not hold")
    assert all(row[1] == row[2] for row in found.reasons)


def test_another_number_changes_money_alone() -> None:
    more = changed(TRAINING, Changes(numbers={"requests": "90000000"}))
    before, after = outcome(TRAINING), outcome(more)

    found = compared(before, [after])

    assert found.scenarios[0].parts == {"money"}
    money = money_of(assess_on(FRAMEWORK, more, DAY))
    assert money is not None
    assert after.money == money.message + money.depends
    assert after.year == money.chosen.year.expected
    assert found.reasons == ()
    # The same way at another volume is no saving: both are priced at the same one.
    assert found.scenarios[0].saving == 0
    assert before.year is not None
    assert after.year is not None
    assert found.fell == before.year - after.year < 0


def test_nothing_serves_meanwhile_in_any_column_of_what_has_stopped() -> None:
    found = assess_on(FRAMEWORK, TRAINING, DAY)
    running = outcome_of(FRAMEWORK, found, TRAINING, "running")
    stopped = outcome_of(FRAMEWORK, found, TRAINING, "stopped")

    assert "Meanwhile " in running.headline
    assert stopped.headline == running.headline.replace(
        "Meanwhile ", "When the use case resumes, "
    )


def test_without_numbers_nothing_is_said_of_money() -> None:
    bare = outcome(Inputs(codes=TRAINING.codes, levels=TRAINING.levels))

    found = compared(outcome(TRAINING), [bare])

    assert (bare.money, bare.year, found.scenarios[0].saving) == ("", None, None)
    assert found.fell is None


def test_verdict_that_costs_more_with_other_numbers_says_what_keeps_it() -> None:
    dearer = {"today": "prompt", "requests": "20"}
    before = outcome(TRAINING)
    found = outcome(changed(TRAINING, Changes(numbers=dearer)))
    cheaper = {"today": "prompt", "requests": "900000000"}
    less = outcome(changed(TRAINING, Changes(numbers=cheaper)))

    kept, saved = compared(before, [found, less]).scenarios

    assert "times the current plan" in found.money
    assert "less than the current plan" in less.money
    assert kept.kept_by == (
        "What it costs does not decide the verdict; the answers do: with them, "
        "“Skill” still holds."
    )
    assert saved.kept_by == ""


def of_calls(requests: str, **numbers: str) -> Outcome:
    given = {**NUMBERS, "prefix_tokens": "160000", "requests": requests, **numbers}
    found = letters(scored("prompt", 50, 50), numbers=given)
    return outcome_of(PINNED, found, given_to(found)[0])


def test_more_calls_that_cost_less_say_why() -> None:
    few, some, many = (of_calls(each) for each in ("3000", "12000", "16000"))
    [fewer, more] = compared(some, [few, many]).scenarios
    [back] = compared(many, [some]).scenarios

    assert some.year
    assert many.year
    assert few.year
    assert few.year < some.year > many.year
    said = "More calls cost less here: they follow each other sooner, so more of the "
    assert fewer.by_cache == ""
    assert more.by_cache.startswith(said)
    assert back.by_cache == more.by_cache
    # Another number may be what makes it cheaper.
    shorter = of_calls("16000", output_tokens="400")
    assert compared(some, [shorter]).scenarios[0].by_cache == ""


def test_first_steps_begin_with_the_target_as_those_of_the_result_do() -> None:
    codes = read(FRAMEWORK, LIVE_FACTS)
    for target, is_first in ((None, True), (Decimal("0.9"), False)):
        steps = outcome(Inputs(codes=codes, candidates=Candidates(target=target))).steps

        assert ("Set the target" in steps[:1]) is is_first
        assert "Set the target" not in steps[1:]
