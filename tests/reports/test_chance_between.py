"""Page 1 says beside two scores that chance could explain how they differ."""

from audits.reports.one_page.beside_results import chance_between
from audits.services.read_files.compared_results import ShownComparison

CHANCE = ShownComparison(
    cases=300, counted=True, sentences=("One passed 11 more: chance could explain it.",)
)
SHOWN = ShownComparison(
    cases=300, counted=True, sentences=("It passed 90: more than chance explains.",)
)
SAID = "Chance could explain the difference of the two (A6)."
OTHERS = ShownComparison(cases=300, counted=False, sentences=CHANCE.sentences)


def test_two_scores_that_chance_could_explain_say_so() -> None:
    assert chance_between([CHANCE]) == chance_between([CHANCE, OTHERS]) == SAID
    # Of more than two, A6 says it of each pair.
    assert {chance_between(x) for x in ([SHOWN], [CHANCE, SHOWN], [OTHERS], [])} == {""}
