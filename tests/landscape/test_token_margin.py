from hypothesis import given
from hypothesis import strategies as st

from audits.landscape.token_margin import TokenCount, with_margin


def test_margin_is_for_other_tokenizers() -> None:
    assert with_margin(1000) == TokenCount(
        low=900, expected=1000, high=1500, tokenizer="o200k_base"
    )


@given(st.integers(min_value=0, max_value=10**9))
def test_margin_lies_around_what_was_counted(expected: int) -> None:
    found = with_margin(expected)

    assert found.expected == expected
    assert found.low <= found.expected <= found.high
