"""`python -m tests.mutation.access` removes each line of access and scope in turn.

Those are the doors of views, the scopes of managers, in `audits/access` and its like
each refusal, filter and condition, and everywhere what asks whether somebody may. Tests
with a database judge: those that run a changed line or ask its address, the quickest
first. One that no test notices survives, and is printed. Those that change nothing are
in `equivalent.py`, with the reason, and are not tried.
"""

import random
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

import pytest

from tests.mutation.access.equivalent import why_equivalent
from tests.mutation.access.mutants import all_access_mutants
from tests.mutation.access.record import Record
from tests.mutation.access.swaps import ROOT
from tests.mutation.access.trials import Trials, say

_NO_ANSWER = "test_audit_without_an_answer_has_no_verdict_to_show"
JUDGES = (
    *("access", "people", "sign_on", "organization", "privacy", "verify"),
    *("reviews", "services/reviews", "discussion", "services/discussion"),
    *("reports/sharing", "portfolio/test_calendars.py"),
    *("services/portfolio/test_recent.py", "use_cases/test_home.py"),
    *("use_cases/test_of_all.py", "results/test_what_if.py"),
    *("results/test_experiments.py", f"results/test_result.py::{_NO_ANSWER}"),
)


def main() -> None:
    parser = ArgumentParser(
        prog="python -m tests.mutation.access",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--only", action="append", metavar="TEXT", help="only those with it in the name"
    )
    parser.add_argument("--sample", type=int, metavar="N", help="try only N changes")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    parser.add_argument(
        "--record", type=Path, metavar="FILE", help="go on from FILE, and write there"
    )
    parser.add_argument("tests", nargs="*", help="the tests that judge")
    given = parser.parse_args()
    only = given.only or [""]
    mutants = [
        each for each in all_access_mutants(ROOT) if any(x in str(each) for x in only)
    ]
    if given.sample:
        random.shuffle(mutants)
        mutants = mutants[: given.sample]
    record = Record(given.record)
    mutants = [
        each for each in mutants if not (record.noticed(each) or why_equivalent(each))
    ]
    say(f"{len(mutants)} changes")
    judges = given.tests or [str(ROOT / "tests" / each) for each in JUDGES]
    options = ["-q", "-p", "no:cacheprovider", "--tb=no", "--no-header"]
    options.append("--every-sample")
    pytest.main([*options, *judges], plugins=[Trials(mutants, given.processes, record)])


if __name__ == "__main__":
    main()
