"""A run of promptfoo keeps the label that somebody gave its prompt."""

import json

import pytest

from audits.evaluations.formats.recognised import read_evaluations
from tests.evaluations.made_files import plain

ONE, TWO = "promptfoo-0.123.1.json", "promptfoo-0.118.17-kept.json"


def named(file: str, *labels: str | None) -> list[str | None]:
    values = plain(file)
    for prompt, label in zip(values["results"]["prompts"], labels, strict=True):
        prompt["label"] = label or prompt["raw"]
    runs = read_evaluations(json.dumps(values).encode()).runs
    return [run.candidate for run in runs]


@pytest.mark.parametrize(
    ("file", "labels", "names"),
    [
        (ONE, ("Few-shot, 3", None), ["echo, Few-shot, 3", "candidate-b"]),
        (TWO, ("Short", "Long"), ["candidate-b, Short", "candidate-b, Long"]),
        (TWO, ("Short", None), ["candidate-b, Short", "candidate-b, prompt 2"]),
        (
            TWO,
            ("Same", "Same"),
            ["candidate-b, Same, prompt 1", "candidate-b, Same, prompt 2"],
        ),
        # What promptfoo or our own kit writes where nobody gave one.
        (ONE, ("prompt-1", None), ["echo", "candidate-b"]),
        (
            ONE,
            ("a.txt: {{digit}} is the number {{word}}", None),
            ["echo", "candidate-b"],
        ),
        (ONE, ("x" * 81, None), ["echo", "candidate-b"]),
    ],
)
def test_run_is_named_by_its_provider_and_the_label_of_its_prompt(
    file: str, labels: tuple[str | None, ...], names: list[str]
) -> None:
    assert named(file, *labels) == names
