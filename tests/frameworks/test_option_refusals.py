"""What an option is said to mean is refused where its question cannot mean it."""

from pathlib import Path

from tests.frameworks.edited_pack import NEWEST, check_all_refused

GAP = "{id: met, name: No gap, text: At the target or above it., "
COMPUTED = "this value is computed"
# Each row: the text replaced, its replacement, a text on the line at fault, the key
# and the message.
REFUSALS = {
    "way that there is not": (
        "group: Rules and prompts, tests: [prompt]}",
        "group: Rules and prompts, tests: [promt]}",
        "tests: [promt]",
        "questions[tried].options[instructions].tests[1]",
        'unknown value "promt" (did you mean "prompt"?)',
    ),
    "ruled out although it is no way": (
        "    ways: [prompt_smaller]\n    says: it missed the target\n",
        "    ways: [prompt_small]\n    says: it missed the target\n",
        "ways: [prompt_small]",
        "ruled_out[smaller_missed].ways[1]",
        'unknown value "prompt_small" (did you mean "prompt_smaller"?)',
    ),
    "machines that there are not": (
        "machines: devices}",
        "machines: device}",
        "machines: device}",
        "questions[hosting].options[device].machines",
        'unknown value "device" (did you mean "devices"?)',
    ),
    "number that nobody enters": (
        "    number: requests\n",
        "    number: request\n",
        "    number: request\n",
        "questions[volume].number",
        'unknown value "request" (did you mean "requests"?)',
    ),
    "end of no number": (
        GAP,
        f"{GAP}low: 5, ",
        GAP,
        "questions[quality_gap].options[met].low",
        "is for an option of a question with `number:`",
    ),
    "upper end below the lower one": (
        "low: 10000, high: 100000}",
        "low: 10000, high: 1000}",
        "low: 10000, high: 1000}",
        "questions[volume].options[10k_100k].high",
        "needs a `low:` that is no higher",
    ),
    "part of a window and of no number": (
        GAP,
        f"{GAP}half_window: over, ",
        GAP,
        "questions[quality_gap].options[met].half_window",
        "is for an option of a question with `number:`",
    ),
    "something that runs that a verdict cannot stop": (
        "runs: training}",
        "runs: trainings}",
        "runs: trainings}",
        "questions[state].options[in_cycle].runs",
        'unknown value "trainings" (did you mean "training"?)',
    ),
    "good enough although nobody has looked": (
        "{id: not_scored, name: Not tested, is_open: true, not_yet: true}\n"
        "      - {id: passes, name: It passes",
        "{id: not_scored, name: Not tested, good_enough: true, not_yet: true}\n"
        "      - {id: passes, name: It passes",
        "{id: not_scored, name: Not tested, good_enough",
        "questions[smaller_model].options[not_scored].good_enough",
        "is not for an option that is `not_yet`",
    ),
    "computed value that nobody tests": (
        "- id: hosted_cheaper\n",
        "- id: hosted_cheaper\n        tests: [prompt]\n",
        "- id: hosted_cheaper\n",
        "computed[cost_case].options[hosted_cheaper].tests",
        f"is for an option of a question, and {COMPUTED}",
    ),
    "computed value that is a part of no number": (
        "- id: hosted_cheaper\n",
        "- id: hosted_cheaper\n        low: 0\n",
        "- id: hosted_cheaper\n",
        "computed[cost_case].options[hosted_cheaper].low",
        f"is for an option of a question, and {COMPUTED}",
    ),
    "practices that nobody ticks": (
        "practices_question: mlops",
        "practices_question: team",
        "practices_question: team",
        "practices_question",
        "must be of `kind: ticks`",
    ),
    "practices that nobody asks for": (
        "practices_question: mlops",
        "practices_question: mlop",
        "practices_question: mlop",
        "practices_question",
        'no question "mlop" (did you mean "mlops"?)',
    ),
}


def test_option_that_means_what_it_cannot_is_refused(tmp_path: Path) -> None:
    check_all_refused(tmp_path / "v2.yaml", REFUSALS.values(), NEWEST)
