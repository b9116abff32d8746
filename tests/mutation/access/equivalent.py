"""Changes of access that change nothing that anybody could see, and why.

Each was looked at alone. What can be taken away without a trace is no entry here, but
taken away from the code.
"""

from tests.mutation.mutants import Mutant

# By file, and then by what is changed: why it stays the same.
_EQUIVALENT: dict[str, dict[str, str]] = {
    "audits/access/owned.py": {
        "“member.team_roles” is “True”": (
            "Who has no role of a team has their own in each; it spares a query."
        ),
    },
    "audits/organization/leaving.py": {
        "“found.may_review” is “True”": (
            "Who reviews nowhere is nobody's only reviewer; it spares queries."
        ),
    },
    "audits/organization/members.py": {
        "“found.may_review” is “True”": (
            "Who reviews nowhere is nobody's only reviewer; it spares queries."
        ),
    },
    "audits/access/directory.py": {
        "“_NONE” is “False”": "False is taken for the number 0, and that is its id.",
    },
    "audits/confirming/fresh.py": {
        '“""” is “False”': (
            "For who has no session yet it is no key of any, and nor is False."
        ),
    },
    "audits/scim/doors.py": {
        "“1” is “False”": "A list that starts at 0 starts at 1: `max` says so.",
    },
}


def why_equivalent(mutant: Mutant) -> str:
    """Return why a change changes nothing; empty if it does, or nobody looked."""
    return _EQUIVALENT.get(mutant.file, {}).get(mutant.what, "")


def listed() -> set[tuple[str, str]]:
    return {(file, what) for file, each in _EQUIVALENT.items() for what in each}
