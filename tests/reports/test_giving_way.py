"""What gives way on a full page: in order, with what is said instead of it."""

from xml.etree.ElementTree import Element, fromstring, tostring

import pytest

from audits.reports.typesetting.giving_way import give_way, steps_of

PAGE = (
    '<body><article id="page-1">A<a data-gives="1.1">a</a><b data-gives="1.2">B</b>C'
    '<i data-gives="3">D</i>'
    '<p data-instead="any" hidden="">Left: <u data-instead="1" hidden="">one</u>'
    '<u data-instead="2" hidden="">two</u><u data-instead="3" hidden="">three</u></p>'
    '</article><p data-instead="1" hidden=""><a data-instead="1.1" hidden="">a</a>'
    '<b data-instead="1.2" hidden="">B</b></p>'
    '<p data-instead="3" hidden="">D</p>'
    '<p data-instead="2 3" hidden="">or</p></body>'
)


def page() -> Element:
    return fromstring(PAGE)  # noqa: S314 - our own text


def test_steps_are_counted() -> None:
    assert steps_of(page()) == 3


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (0, "AaBCD"),
        (1, "ABCDLeft: onea"),
        (2, "ACDLeft: oneaB"),
        (3, "ACLeft: onethreeaBDor"),
        (9, "ACLeft: onethreeaBDor"),
    ],
)
def test_words_give_way_in_order_and_stand_elsewhere(step: int, words: str) -> None:
    root = page()

    give_way(root, {"page-1": step}, "page-1")

    assert "".join(root.itertext()) == words
    assert "hidden" not in tostring(root, "unicode")
