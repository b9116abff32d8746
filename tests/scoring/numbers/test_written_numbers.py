"""A number is read as it was meant, or not at all."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.scoring.numbers.number_entry import read, with_unit
from audits.scoring.numbers.numbers import FIELDS, FIELDS_BY_ID, Field
from audits.scoring.numbers.written_numbers import (
    ENGLISH,
    SAMPLES,
    Notation,
    notation_of_sample,
    readings,
    written,
)
from tests.examples import DEAR, up_to

NOTATIONS = {
    "en": ENGLISH,
    "de": Notation(decimal=",", thousands="."),
    "fr": Notation(decimal=",", thousands="\u202f"),
    "pl": Notation(decimal=",", thousands="\u00a0"),
    "de-CH": Notation(decimal=".", thousands="’"),
}
LANGUAGES = st.sampled_from(sorted(NOTATIONS)).map(NOTATIONS.__getitem__)
# With no, some and three decimals, small and large.
NUMBERS = st.one_of(
    st.integers(0, 10**15).map(Decimal),
    st.builds(
        lambda units, places: Decimal(units).scaleb(-places),
        st.integers(0, 10**12),
        st.integers(0, 9),
    ),
    st.integers(0, 10**6).map(lambda units: Decimal(units).scaleb(-3)),
)
thoroughly = settings(max_examples=up_to(2000, DEAR), deadline=None)


def as_people_write(number: Decimal, notation: Notation) -> str:
    """Write it the simplest way, ambiguous or not, without the code under test."""
    swapped = {",": notation.thousands, ".": notation.decimal}
    return "".join(swapped.get(each, each) for each in f"{number:,f}")


@thoroughly
@given(NUMBERS, LANGUAGES)
def test_number_is_read_again_as_it_was_written(
    number: Decimal, notation: Notation
) -> None:
    assert readings(written(number, notation), notation) == (number,)


@thoroughly
@given(NUMBERS, LANGUAGES, LANGUAGES)
def test_number_written_for_others_is_never_read_as_another(
    number: Decimal, writer: Notation, reader: Notation
) -> None:
    found = readings(written(number, writer), reader)

    assert found in {(), (number,)} or number in found


@thoroughly
@given(NUMBERS, LANGUAGES)
def test_writers_own_way_is_never_read_as_another(
    number: Decimal, notation: Notation
) -> None:
    found = readings(as_people_write(number, notation), notation)

    assert number in found


@thoroughly
@given(st.integers(0, 10**12), st.sampled_from(SAMPLES))
def test_whole_number_in_a_chosen_style_is_that_alone(number: int, sample: str) -> None:
    notation = notation_of_sample(sample)
    assert notation is not None

    found = readings(as_people_write(Decimal(number), notation), notation)

    assert (notation.sample, found) == (sample, (Decimal(number),))


@thoroughly
@given(
    st.text("0123456789.,' \u00a0\u202f’$€%-+eE kx", max_size=14),
    LANGUAGES,
    st.sampled_from(FIELDS),
)
def test_what_is_read_has_the_digits_that_were_typed(
    text: str, notation: Notation, field: Field
) -> None:
    number = read(field, text, notation).number

    if number is not None:
        typed = "".join(each for each in text if each.isdecimal())
        digits = format(number, "f").replace(".", "")
        assert typed.strip("0").startswith(digits.strip("0"))
        assert field.low <= number <= field.high


@thoroughly
@given(st.integers(1, 999), st.integers(0, 999), LANGUAGES, st.sampled_from(".,"))
def test_three_digits_after_a_mark_are_thousands_only_in_their_own_language(
    whole: int, part: int, notation: Notation, mark: str
) -> None:
    thousands, decimals = Decimal(whole * 1000 + part), Decimal(f"{whole}.{part:03}")

    found = readings(f"{whole}{mark}{part:03}", notation)

    expected = (thousands,) if mark == notation.thousands else (thousands, decimals)
    assert found == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.125", "0.125"),
        (".5", "0.5"),
        ("1 234,5", "1234.5"),
        ("1'234.50", "1234.50"),
        ("1.234.567,5", "1234567.5"),
        ("1,234,567", "1234567"),
    ],
)
def test_text_that_can_mean_one_number_is_that_in_every_language(
    text: str, number: str
) -> None:
    read_by = {readings(text, notation) for notation in NOTATIONS.values()}

    assert read_by == {(Decimal(number),)}


@pytest.mark.parametrize(
    "text", ["", "1,234,56", "4,00,000", "1.5.5", "1 234.567.890", "1.234 567", "1,,0"]
)
def test_text_that_is_no_number_is_none_in_every_language(text: str) -> None:
    assert {readings(text, each) for each in NOTATIONS.values()} == {()}


@pytest.mark.parametrize("text", ["1234,567", "012,345"])
def test_english_number_with_a_comma_in_the_wrong_place_is_refused(text: str) -> None:
    assert readings(text, ENGLISH) == ()


def entry(input_id: str, text: str, **how: Any) -> Any:
    return read(FIELDS_BY_ID[input_id], text, how.pop("notation", ENGLISH), **how)


@pytest.mark.parametrize(
    ("input_id", "text", "number"),
    [
        ("value_per_request", "$ 2.50", "2.5"),
        ("value_per_request", "2,50 US dollars", "2.5"),
        ("value_per_request", "$.50", "0.5"),
        ("value_per_request", "USD\u00a02.50", "2.5"),
        ("budget_month", "$1,000 a month", "1000"),
        ("cache_hit", "87,5\u202f%", "87.5"),
        ("cache_hit", "60.000", "60"),
        ("prefix_tokens", "9,000 Tokens", "9000"),
        ("prefix_tokens", "0", "0"),
    ],
)
def test_sign_of_the_unit_is_accepted(input_id: str, text: str, number: str) -> None:
    assert entry(input_id, text).number == Decimal(number)
    assert entry(input_id, text).problem == ""


@pytest.mark.parametrize(
    ("input_id", "text", "told"),
    [
        (
            "budget_month",
            "500 zł",
            "Budget for all calls is in US dollars: choose “Polish zloty (PLN)” under "
            "“Amounts are in” for all amounts, or enter this one in US dollars without "
            "“zł”",
        ),
        (
            "budget_month",
            "C$500",
            "Budget for all calls is in US dollars: choose “Canadian dollar (CAD)” "
            "under “Amounts are in” for all amounts, or enter this one in US dollars "
            "without “C$”",
        ),
        ("requests", "$60", "Enter model calls a month without “$”, like 40,000"),
        ("requests", "60 %", "Enter model calls a month without “%”, like 40,000"),
        ("requests", "60k", "Enter model calls a month as a number, like 40,000"),
        ("requests", "-60", "Enter model calls a month as a number, like 40,000"),
        ("requests", "€", "Enter model calls a month as a number, like 40,000"),
        ("requests", "2.5", "Enter model calls a month as a whole number, like 40,000"),
        (
            "prefix_tokens",
            "20000000",
            "Text repeated in every call must be between 0 and 10,000,000 tokens",
        ),
    ],
)
def test_what_cannot_be_is_told_with_what_to_do(
    input_id: str, text: str, told: str
) -> None:
    assert entry(input_id, text).problem == told
    assert entry(input_id, text).number is None


def test_example_is_written_as_the_writer_does() -> None:
    told = entry("requests", "many", notation=NOTATIONS["de"]).problem

    assert told == "Enter model calls a month as a number, like 40.000"


@pytest.mark.parametrize(
    ("text", "number"), [("60.00", 60), ("60,0", 60), ("3.500", 3500)]
)
def test_count_that_can_be_only_one_number_is_taken(text: str, number: int) -> None:
    found = entry("requests", text)

    assert (found.number, found.choices) == (Decimal(number), ())


def test_count_of_none_with_decimals_may_be_chosen() -> None:
    assert entry("prefix_tokens", "0.0", chosen="0").problem == ""


def test_chosen_number_counts_only_if_the_text_may_mean_it() -> None:
    assert entry("requests", "60.000", chosen="60").number == Decimal(60)
    assert entry("requests", "60.000", chosen="61").number is None
    assert entry("requests", "60,000", chosen="60").number == Decimal(60_000)


@pytest.mark.parametrize(
    ("input_id", "number", "words"),
    [
        ("requests", "60000", "60,000 calls a month"),
        ("requests", "1", "1 call a month"),
        ("prefix_tokens", "1", "1 token"),
        ("value_per_request", "2.5", "$2.50 a call"),
        ("value_per_request", "0.0025", "$0.0025 a call"),
        ("value_per_request", "2", "$2 a call"),
        ("value_per_request", "1", "$1 a call"),
        ("budget_month", "1000.5", "$1,000.50 a month"),
        ("cache_hit", "87.5", "87.5%"),
    ],
)
def test_number_is_told_with_its_unit(input_id: str, number: str, words: str) -> None:
    assert with_unit(FIELDS_BY_ID[input_id], Decimal(number)) == words
