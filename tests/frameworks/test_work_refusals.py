"""What a framework says of the team's work is refused where it does not fit."""

from pathlib import Path

from audits.frameworks.loading.loader import load
from tests.frameworks.edited_pack import NEWEST, check_all_refused, problems_of

# Each row: the text replaced, its replacement, a text on the line at fault, the key
# and the message.
REFUSALS = {
    "use case that work makes another": (
        "  - id: smaller_model\n",
        "  - id: smaller_model\n    defines_use_case: true\n",
        "  - id: smaller_model",
        "questions[smaller_model].defines_use_case",
        "is not for `changes_by: work`: work makes no other use case",
    ),
    "no aim where work changes nothing": (
        "name: The writing model, text",
        "name: The writing model, no_aim: true, text",
        "{id: generator, name: The writing model",
        "questions[component].options[generator].no_aim",
        "is for an option of a question with `better:`",
    ),
    "known although nobody has looked": (
        'text: "Nobody has looked, or nothing runs yet.", not_yet: true}',
        'text: "Nobody has looked.", not_yet: true, known_at_once: true}',
        "{id: none_counted",
        "questions[goal].options[none_counted].known_at_once",
        "is not for an option that is `not_yet`: there, nobody has looked",
    ),
    "ruled out by a question that nobody asks": (
        "        ruled_out_by: {knowledge_size: [none]}\n      - id: specialist",
        "        ruled_out_by: {knowlege_size: [none]}\n      - id: specialist",
        "knowlege_size",
        "questions[tried].options[hybrid].ruled_out_by",
        'no question "knowlege_size" (did you mean "knowledge_size"?)',
    ),
    "ruled out by an answer that there is not": (
        "        ruled_out_by: {knowledge_size: [none]}\n      - id: specialist",
        "        ruled_out_by: {knowledge_size: [smal]}\n      - id: specialist",
        "[smal]",
        "questions[tried].options[hybrid].ruled_out_by.knowledge_size",
        'no option "smal" (did you mean "small"?)',
    ),
    "ruled out by its own question": (
        "        ruled_out_by: {knowledge_size: [none]}\n      - id: specialist",
        "        ruled_out_by: {tried: [nothing]}\n      - id: specialist",
        "{tried: [nothing]}",
        "questions[tried].options[hybrid].ruled_out_by.tried",
        "must be another question than that of the option",
    ),
    "computed value that nobody works towards": (
        "- id: hosted_cheaper\n",
        "- id: hosted_cheaper\n        no_aim: true\n",
        "- id: hosted_cheaper\n",
        "computed[cost_case].options[hosted_cheaper].no_aim",
        "is for an option of a question, and this value is computed",
    ),
    "path by a question that nobody asks": (
        "    retry: signal\n",
        "    retri: signal\n",
        "    retri: signal",
        "to_training.ready",
        'no question "retri" (did you mean "retry"?)',
    ),
    "path by what work cannot change": (
        "    retry: signal\n",
        "    hosting: cloud_ok\n",
        "    hosting: cloud_ok",
        "to_training.ready.hosting",
        "the question needs `changes_by: work`, or no work leads to its answer",
    ),
    "path by an answer that there is not": (
        "    - {quality_gap: large, pairs: many}\n",
        "    - {quality_gap: large, pairs: meny}\n",
        "pairs: meny",
        "to_training.needs[4].pairs",
        'no option "meny" (did you mean "many"?)',
    ),
    "path by a practice that there is not": (
        "    mlops: [versioned, suite,",
        "    mlops: [version, suite,",
        "mlops: [version,",
        "to_training.ready.mlops",
        'no tick "version" (did you mean "versioned"?)',
    ),
    "several picks where one option answers": (
        "    team: dedicated\n",
        "    team: [dedicated]\n",
        "    team: [dedicated]",
        "to_training.ready.team",
        "must be one option, and not a list",
    ),
    "one option where several may be picked": (
        "    tried: [instructions, examples, documents, stronger_model]\n    eval",
        "    tried: instructions\n    eval",
        "    tried: instructions\n",
        "to_training.ready.tried",
        "must be a list, such as [instructions]",
    ),
    "no pick": (
        "    tried: [instructions, examples, documents, stronger_model]\n    eval",
        "    tried: []\n    eval",
        "    tried: []",
        "to_training.ready.tried",
        "must name at least one",
    ),
    "answer that is no text": (
        "    team: dedicated\n",
        "    team: yes\n",
        "    team: yes",
        "to_training.ready.team",
        'must be text; write "yes" in quotes',
    ),
}


def test_work_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    check_all_refused(tmp_path / "v2.yaml", REFUSALS.values(), NEWEST)


def test_paths_need_a_row(tmp_path: Path) -> None:
    start = NEWEST.index("  needs:\n    - {quality_gap: large}\n")
    end = NEWEST.index("\nquestion_order:\n")
    text = f"{NEWEST[:start]}  needs: []\n{NEWEST[end:]}"

    [problem] = problems_of(tmp_path / "v2.yaml", text)

    assert (problem.key, problem.message) == (
        "to_training.needs",
        "must have at least one row",
    )


def test_framework_may_say_nothing_of_paths(tmp_path: Path) -> None:
    start = NEWEST.index("to_training:\n")
    file = tmp_path / "v2.yaml"
    text = f"{NEWEST[:start]}{NEWEST[NEWEST.index('question_order:') :]}"
    file.write_text(text, encoding="utf-8")

    assert load(file).to_training is None
