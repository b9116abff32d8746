from django_scopes import scope

from audits.models import Event
from audits.services.record import events
from tests.casting import Cast


def chain(cast: Cast) -> list[Event]:
    with scope(organization=cast.ours.organization):
        return list(Event.objects.all())


def test_every_write_left_a_line_in_order(cast: Cast) -> None:
    lines = chain(cast)

    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert [line.verb for line in lines] == [
        "use_case.registered",
        "use_case.registered",
        "audit.submitted",
        "report.requested",
        "report.made",
        "pack.requested",
        "pack.made",
        "evidence.added",
        "comment.added",
        "ask.made",
        "feed.made",
    ]


def test_each_digest_covers_the_line_before_it(cast: Cast) -> None:
    previous = ""

    for line in chain(cast):
        assert line.previous == previous
        assert line.digest == line.compute_digest()
        previous = line.digest


def test_changed_line_shows(cast: Cast) -> None:
    line = chain(cast)[2]

    line.details["verdict"] = "fine_tune"

    assert line.digest != line.compute_digest()


def test_names_stay_outside_of_the_record(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        events.record(
            organization=cast.ours.organization,
            actor=cast.ours.contributor,
            verb="test.done",
            subject="UC-0001",
        )

    for line in chain(cast):
        assert cast.ours.contributor.name not in f"{line.subject} {line.details}"


def test_records_of_two_organizations_count_apart(cast: Cast) -> None:
    with scope(organization=cast.theirs.organization):
        theirs = Event.objects.count()

    assert theirs == len(chain(cast))
