"""Runs DeepEval with metrics that need no model: `python deepeval_run.py`."""

from deepeval import evaluate
from deepeval.evaluate import AsyncConfig, ErrorConfig
from deepeval.metrics import BaseMetric
from deepeval.test_case import LLMTestCase

DIGITS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7"}
ANSWERS = {"two": "2", "three": "3", "four": "5", "five": "5", "six": "I do not know"}


class SameText(BaseMetric):
    """Compares two texts; fails on an answer that is not there."""

    def __init__(self):
        self.threshold = 0.5

    def measure(self, test_case, *_, **__):
        if test_case.actual_output == "none":
            self.error = "there is no answer"
            raise ValueError(self.error)
        self.score = float(test_case.actual_output == test_case.expected_output)
        self.success = self.score >= self.threshold
        self.reason = "compared"
        return self.score

    async def a_measure(self, test_case, *_, **__):
        return self.measure(test_case)

    def is_successful(self):
        return self.success

    @property
    def __name__(self):
        return "Same text"


def case(word):
    return LLMTestCase(
        input=f"Write {word} as a digit.",
        actual_output=ANSWERS.get(word, "none"),
        expected_output=DIGITS[word],
        completion_time=0.1 + len(word) / 100,
        token_cost=0.0002,
    )


evaluate(
    [case(word) for word in DIGITS],
    [SameText()],
    hyperparameters={"model": "mock-1"},
    error_config=ErrorConfig(ignore_errors=True),
    async_config=AsyncConfig(run_async=False),
)
