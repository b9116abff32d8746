"""What page 1 counts against the results of a decision, for its row in a pack."""

import re
from dataclasses import replace

from audits.models import Audit
from audits.scoring import Assessment
from audits.scoring.results_behind.moved_target import in_short
from audits.scoring.results_behind.wrong_files import wrong_files
from audits.scoring.told.results_counted import results_counted
from audits.services.read_files.told_results import beside_of
from audits.services.read_files.usage_doubts import usage_doubts
from audits.services.verdicts.assessments import framework_of

# A row of a pack has no appendix.
_PLACE = re.compile(r" \(A[0-9]+\)")


def doubts_of(audit: Audit, assessment: Assessment) -> str:
    """Return the doubts that page 1 counts, without where its appendix has them."""
    framework = framework_of(audit)
    beside = replace(
        beside_of(audit, assessment), usage_doubts=len(usage_doubts(audit))
    )
    gone = wrong_files(framework, assessment)
    said = (
        in_short(framework, assessment),
        gone.in_short if gone else "",
        results_counted(framework, assessment, beside),
    )
    return _PLACE.sub("", " ".join(filter(None, said)))
