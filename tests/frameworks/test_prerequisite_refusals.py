"""A step that comes before all others is a known one, and says so in a headline."""

from pathlib import Path

from tests.frameworks.edited_pack import NEWEST, check_all_refused

PEOPLE = "leave the work to people, because the use is\n      high risk. {training}\n"
HEADLINE = (
    "    headline: >-\n"
    "      First settle what is right: have two experts agree on it. Until then, "
)
ANSWERS = (
    "    if_met: If the use is allowed, the audit goes on; the answers so far lead to "
    "“{verdict}”.\n"
)
ASK = '  leave: "Agree to {step}'
RIGHT = "    questions: [example_quality, regulatory]\n    ask"
# Each row: the text replaced, its replacement, a text on the line at fault, the key
# and the message.
REFUSALS = [
    (
        "  settle_use:\n    settles",
        "  settle_uses:\n    settles",
        "  settle_uses:",
        "prerequisites",
        'no step "settle_uses" (did you mean "settle_use"?)',
    ),
    (
        RIGHT,
        RIGHT.replace("regulatory", "regulatry"),
        "regulatry",
        "prerequisites.settle_by_people.questions",
        'no question "regulatry" (did you mean "regulatory"?)',
    ),
    (
        ANSWERS,
        ANSWERS.replace("{verdict}", "“Prompt”"),
        "    if_met: If the use",
        "prerequisites.settle_use.if_met",
        "it does not name the {verdict}",
    ),
    (
        f"    step: settle_by_people\n{HEADLINE}{PEOPLE}",
        "    step: settle_by_people\n",
        "    step: settle_by_people\n",
        "step_rules[settle_high_risk].headline",
        "a step that comes before all others needs a headline",
    ),
    (
        ASK,
        ASK.replace("{step}", "go on"),
        '  leave: "Agree',
        "step_asks.leave",
        "it does not name the {step}",
    ),
]


def test_prerequisite_that_nothing_shows_or_says_is_refused(tmp_path: Path) -> None:
    check_all_refused(tmp_path / "v2.yaml", REFUSALS, NEWEST, part_by_part=True)
