"""What is advised, by a name that what runs today has not as well."""

from audits.scoring.costs.cost_numbers import SHORT_NAMES, WITH_DOCUMENTS
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import recommended_way, role_of
from audits.scoring.moving.smaller import is_built_on_smaller, moves_to_smaller


def with_documents(assessment: Assessment) -> bool:
    """Return whether the verdict is a prompt with documents that today's has not."""
    if assessment.costs is None or role_of(assessment) != "recommended":
        return False
    is_prompt = assessment.verdict == "prompt_long_context"
    way = recommended_way(assessment, assessment.costs.plan)
    return is_prompt and way == WITH_DOCUMENTS


def advised_name(assessment: Assessment) -> str:
    """Name the verdict; a prompt that gets all documents by what it adds.

    One that moves to another model says so: what runs today has the same name.

    Args:
        assessment: What was decided.
    """
    named = assessment.named.name
    if moves_to_smaller(assessment) or is_built_on_smaller(assessment):
        return f"{named} on the smaller model"
    return SHORT_NAMES[WITH_DOCUMENTS] if with_documents(assessment) else named
