"""A lead whose answers leave something out finds the fault they belong to."""

from audits.frameworks.loading.loader import current


def test_answers_that_leave_something_out_have_a_place() -> None:
    question = current().question_by_id["goal"]
    texts = {option.id: option.text for option in question.options}

    assert "does not know all that the answer needs" in texts["knowledge"]
    assert "leaves out what it knew or was given" in texts["task_skill"]
