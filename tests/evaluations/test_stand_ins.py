"""What answered in the place of a model is told of a run of a real tool."""

import pytest

from audits.evaluations.formats.promptfoo import read_promptfoo
from tests.evaluations.made_files import plain, read


@pytest.mark.parametrize(
    ("name", "stand_ins"),
    [
        ("promptfoo-0.118.17.json", ["echo", None]),
        ("promptfoo-0.123.1.json", ["echo", None]),
        ("promptfoo-0.123.1-kept.json", [None, None]),
        ("inspect-0.3.160-passed.eval", ["mockllm"]),
        ("inspect-0.3.285-totals.json", ["mockllm"]),
        ("lm-eval-0.4.9.2.json", ["dummy"] * 3),
        ("lm-eval-0.4.13.zip", ["dummy"] * 3),
        ("deepeval-4.3.1.json", [None]),
    ],
)
def test_what_answers_in_the_place_of_a_model_is_told(
    name: str, stand_ins: list[str | None]
) -> None:
    assert [run.stand_in for run in read(name).runs] == stand_ins


def test_echo_is_told_whatever_its_label_is() -> None:
    named = plain("promptfoo-0.123.1-repeated.json")
    for row in named["results"]["results"]:
        row["provider"]["label"] = "gpt-5"
    named["results"]["prompts"][0]["provider"] = "gpt-5"

    (run,) = read_promptfoo(named).runs

    assert (run.candidate, run.stand_in) == ("gpt-5", "echo")
