"""What was chosen is said by its name: models and the kind of GPU, and no number."""

from datetime import date

from audits.landscape.catalogue import catalogue
from audits.scoring.numbers.choices import chosen_in_words

MARKET = catalogue(date(2026, 11, 29))


def test_models_are_named_and_neither_numbers_nor_what_runs_today() -> None:
    numbers = {"requests": "90", "model": "gpt-4o-mini", "today": "prompt"}

    said = "Model for prompts, in use or planned"
    assert [*chosen_in_words(numbers, MARKET)] == [f"{said}: GPT-4o mini"]
    assert [*chosen_in_words({"model": "gone"}, MARKET)] == [f"{said}: gone"]
