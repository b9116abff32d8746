"""What a plan of many changes has in it."""

from audits.services.use_cases.bulk.plans import Case, digest_of, planned


def test_plan_of_equal_values_changes_nothing() -> None:
    case = Case(
        id="a",
        number=1,
        reference="UC-0001",
        name="One",
        audit="b",
        in_force="b",
        values={"owner": 1, "team": 2, "stage": "live", "tags": "EU", "sponsor": ""},
    )

    [same] = planned([case], {"owner": 1, "add": "eu"}, {"eu": "EU"})
    [other] = planned([case], {"owner": 3, "add": "EU"}, {})

    assert (same.changed, same.left) == ({}, {})
    assert other.changed == {"owner": (1, 3)}
    assert digest_of([same]) != digest_of([other])
