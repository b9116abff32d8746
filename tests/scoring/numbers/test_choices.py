"""What was chosen is said by its name: models and the kind of GPU, and no number."""

from datetime import date

from audits.landscape.catalogue import catalogue
from audits.scoring.numbers.choices import choices_on, chosen_in_words

MARKET = catalogue(date(2026, 11, 29))


def test_models_are_named_and_neither_numbers_nor_what_runs_today() -> None:
    numbers = {"requests": "90", "model": "gpt-4o-mini", "today": "prompt"}

    said = "Model for prompts, in use or planned"
    assert [*chosen_in_words(numbers, MARKET)] == [f"{said}: GPT-4o mini"]
    assert [*chosen_in_words({"model": "gone"}, MARKET)] == [f"{said}: gone"]


def test_models_that_end_within_a_year_come_last_with_their_last_day() -> None:
    choices = {name: offered for name, _, offered in choices_on(MARKET)}
    words = [said for _, said in dict(choices["model"])["OpenAI"]]

    ends = [index for index, said in enumerate(words) if ": retires on " in said]
    assert ends == [*range(ends[0], len(words))]
    assert words[ends[0]].startswith("GPT-5: retires on 11 December 2026; reads up to ")
    assert words[0].startswith("GPT-6.2 Astra: reads up to ")


def test_model_to_tune_says_when_it_retires() -> None:
    choices = {name: offered for name, _, offered in choices_on(MARKET)}

    said = dict(choices["tuned"])["gpt-4.1-mini"]
    assert said.startswith("GPT-4.1 mini: retires on 14 January 2027; ")
    assert said.endswith("; training ends on 6 January 2027")
