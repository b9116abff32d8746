"""A lead whose answers leave something out finds the fault they belong to."""

from audits.frameworks.loading.loader import current


def test_answers_that_leave_something_out_have_a_place() -> None:
    question = current().question_by_id["goal"]
    texts = {option.id: option.text for option in question.options}

    assert "leaves facts out" in texts["knowledge"]
    assert "leaves something out" in texts["task_skill"]
    assert "An incomplete answer is “Facts” if" in question.hint
