"""What scored best serves though it misses the target: one name, one price."""

import pytest

from audits.scoring.explaining.advice_rows import advised_rows, asked
from audits.scoring.ladder.ladder import ladder
from audits.scoring.money.of_assessment import money_of, ruled_out
from audits.scoring.options.option_reasons import why_not
from audits.scoring.options.options import options
from audits.scoring.options.other_costs import other_costs
from tests.scoring.mail import FRAMEWORK, mail, mail_inputs

BEST = "the prompt with examples that you tested"


def test_what_is_to_be_used_is_priced_and_never_called_ruled_out() -> None:
    found = mail()
    money = money_of(found)
    assert money

    assert found.verdict == "prompt_long_context"
    assert f"Meanwhile use {BEST}" in found.headline
    assert money.advised == "few_shot"
    assert "few_shot" not in ruled_out(found)
    cost = other_costs(found, money)
    assert "Few-shot" not in [
        name for each in cost.left + cost.out for name, _ in each.costs
    ]
    first, *others = options(FRAMEWORK, found)
    assert (first.name, first.is_chosen) == ("Few-shot", True)
    assert not [each for each in others if each.name == "Few-shot"]
    assert why_not(found)["prompt"] == "Ruled out: it missed the target"


def test_board_is_asked_for_what_was_tested_under_a_name_that_fits_it() -> None:
    found = mail()

    # No document is in this job, so nothing is called a long context.
    assert found.named.name == "Prompt"
    assert asked(FRAMEWORK, found) == (
        f"Agree to use and improve {BEST}, and to spend nothing on training."
    )


def test_best_serves_until_a_small_part_is_trained_and_the_step_comes_next() -> None:
    found = mail(example_quality="consistent")
    money = money_of(found)
    assert money
    rows = {row.label: row.says for row in advised_rows(FRAMEWORK, found)}

    assert found.verdict == "train_small_part"
    assert rows["Meanwhile"].startswith(f"Use {BEST}, but only where people check")
    assert ". Next, split the job into smaller calls" in rows["Meanwhile"]
    assert money.advised == "few_shot"
    assert why_not(found)["few_shot"] == (
        "Used meanwhile: best so far, misses the target"
    )


@pytest.mark.parametrize("quality", ["mostly", "consistent"])
def test_remedies_name_the_best_so_far(quality: str) -> None:
    found = mail(example_quality=quality)

    drawn = ladder(FRAMEWORK, found, mail_inputs(example_quality=quality))

    assert drawn
    rows = {row.id: row for row in drawn.rows}
    said = "Best so far, misses the target: 206 of 240 passed, between 81 and 90 of 100"
    assert rows["examples"].said == said
    assert rows["examples"].advised == "Advised meanwhile"
    assert rows["instructions"].said.startswith("Tested and failed: 197 of 240")
    assert rows["split"].advised == ("Advised next" * (quality == "consistent"))
