"""The one written form of a paper's attachment."""

from audits.scoring.exchange.provenance import digest, written


def test_values_are_written_sorted_indented_and_as_they_are_spelt() -> None:
    values = {"b": "né", "a": [1, {"d": None, "c": True}]}

    assert (
        written(values)
        == (
            '{\n "a": [\n  1,\n  {\n   "c": true,\n   "d": null\n  }\n ],\n'
            ' "b": "né"\n}\n'
        ).encode()
    )


def test_digest_is_of_the_values_in_any_order() -> None:
    assert digest({"a": "né", "b": 1}) == digest({"b": 1, "a": "né"})
    assert digest({"a": "né"}) != digest({"a": "ne"})
