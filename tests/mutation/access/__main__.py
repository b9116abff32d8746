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

_TABLE = "access/test_permissions.py::test_"
JUDGES = (
    *("access/test_who_may.py", "access/test_fresh_proofs.py", "verify/test_page.py"),
    *("access/test_people_found.py", "access/test_offered.py"),
    f"{_TABLE}routes_answer_an_actor_as_the_table_says",
    f"{_TABLE}foreign_id_answers_as_an_unknown_one",
    *("access/test_isolation.py::test_queries_refuse_to_run_outside_an_organization",),
    *("access/test_lines_of_access.py", "access/test_other_actors.py"),
    *("access/test_what_is_found.py", "access/test_back_office.py"),
    *("reports/sharing/test_readers.py", "services/reviews/test_separation.py"),
    *("people/test_several_organizations.py", "people/test_required_factor.py"),
    *("people/test_pages_of_others.py", "portfolio/test_calendars.py"),
    *("people/test_founding.py", "sign_on/test_second_organizations.py"),
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
    pytest.main([*options, *judges], plugins=[Trials(mutants, given.processes, record)])


if __name__ == "__main__":
    main()
