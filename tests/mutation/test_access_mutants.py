"""What the check of access removes, and which of it is known to change nothing."""

from pathlib import Path

from tests.mutation.access.equivalent import listed, why_equivalent
from tests.mutation.access.mutants import access_mutants

ROOT = Path(__file__).parents[2]
SOURCE = b"""
@members_only
def page(request):
    require_contributor(member)
    if member.user_id != by.pk:
        raise PermissionDenied
    return is_fresh(request) and member.may_review
"""


def test_door_refusal_and_question_are_removed_in_turn() -> None:
    found = [str(x) for x in access_mutants("audits/board/views.py", SOURCE)]

    assert found == [
        "audits/board/views.py:2 no @members_only of page",
        "audits/board/views.py:4 “require_contributor(member)” is “None”",
        "audits/board/views.py:5 “member.user_id != by.pk” is “False”",
        "audits/board/views.py:7 “is_fresh(request)” is “True”",
        "audits/board/views.py:7 “member.may_review” is “True”",
    ]


def test_each_change_that_is_listed_as_none_is_still_made() -> None:
    made = {
        (mutant.file, mutant.what)
        for file in {file for file, _ in listed()}
        for mutant in access_mutants(file, (ROOT / file).read_bytes())
        if why_equivalent(mutant)
    }

    assert made == listed()
