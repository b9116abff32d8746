"""The decision: pure code that turns answers into an explained verdict."""

from audits.scoring.assess import assess
from audits.scoring.explaining.assessment import Assessment

__all__ = ["Assessment", "assess"]
