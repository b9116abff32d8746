"""Evidence of which the link is also behind another answer."""

from typing import Any

from django.db import models
from django.db.models.functions import Concat


def with_a_shared_link[Q: models.QuerySet[Any]](evidence: Q) -> Q:
    """Return the evidence whose link another answer of its audit has, too.

    A slash at the end makes no other link.
    """
    link = models.OuterRef("link")
    same = models.Q(link=link) | models.Q(link=Concat(link, models.Value("/")))
    of_all = evidence.model._base_manager.filter(same, audit=models.OuterRef("audit"))
    others = of_all.exclude(question=models.OuterRef("question"))
    return evidence.exclude(link="").filter(models.Exists(others))
