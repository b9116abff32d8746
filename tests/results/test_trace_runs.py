"""Every rule of a result is one line; those that say nothing of it share one."""

from audits.frameworks.loading.loader import current
from audits.scoring import assess
from audits.scoring.explaining.trace_runs import runs_of


def test_rules_that_decide_nothing_share_a_line_before_and_after() -> None:
    trace = assess(current(), {}).trace

    for steps in (trace.context_rules, trace.verdict_rules):
        runs = [*runs_of(steps, "rule")]
        told = [step for run in runs for _, step in run.steps]
        assert told == [*steps]
        [decides] = [run for run in runs if run.outcome == "fired"]
        assert not decides.is_bundled
        assert all(run.is_bundled is (len(run.steps) >= 3) for run in runs)
        numbers = [label for run in runs for label, _ in run.steps]
        assert numbers == [str(n) for n in range(1, len(steps) + 1)]


def test_each_reason_has_its_own_line_under_their_code() -> None:
    trace = assess(current(), {}).trace

    runs = [*runs_of(trace.reasons, "reason")]

    assert not any(run.is_bundled for run in runs)
    assert [label for run in runs for label, _ in run.steps] == [
        reason.id for reason in trace.reasons
    ]
