"""What a change opens, and what leads back to what failed, in one wording."""

from django.template.loader import render_to_string
from django.utils.html import strip_tags

from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.deciding.flips import Flip
from audits.scoring.explaining.grades.confidence import Unknown
from audits.scoring.summary.actions import changes_in_order
from audits.scoring.summary.changes_said import opens_said
from audits.templatetags.changes import leads_of
from tests.scoring.cards.test_advised_next import disagreed
from tests.scoring.letters import letters


def text_of(page: str) -> str:
    return " ".join(strip_tags(page).split())


def drawn(assessment: Assessment, flip: Flip) -> str:
    said = {"framework": current(), "flip": flip, "assessment": assessment}
    return text_of(render_to_string("results/reasons/then.html", said))


def opening(assessment: Assessment) -> Flip:
    return next(x for x in assessment.flips if x.depends_on)


def test_change_says_what_it_opens_and_what_is_possible_then() -> None:
    assessment = letters()
    flip = opening(assessment)

    said = drawn(assessment, flip)

    assert said == opens_said(flip.depends_on, flip.verdict_name)
    assert "could lead to" in said


def test_open_question_that_only_opens_others_names_no_verdict_as_its_own() -> None:
    assessment = letters()
    flip = opening(assessment)
    unknown = Unknown(
        question=flip.changes[0].question,
        label="",
        text="",
        find_out="",
        left_open=True,
        could_become=(flip.verdict,),
    )
    found = leads_of(unknown, assessment)
    told = {"unknowns": [unknown], "framework": current(), "assessment": assessment}
    page = text_of(render_to_string("results/reasons/unknowns.html", told))

    assert found
    for each in found:
        assert drawn(assessment, each) in page


def test_what_failed_says_that_it_did_and_what_comes_first() -> None:
    assessment = disagreed()
    back = next(
        x for x in changes_in_order(current(), assessment) if hasattr(x, "next_step")
    )

    said = drawn(assessment, back)

    assert "Then the team would first have two experts settle" in said
