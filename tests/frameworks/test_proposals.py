"""A framework file from outside is read as one of ours, or refused with its lines."""

import pytest

from audits.frameworks.loading import loader
from audits.frameworks.loading.proposals import RefusedProposalError, proposed
from audits.strict_yaml.problems import RefusedFileError
from tests.frameworks.edited_pack import PACK


def test_good_file_is_the_framework_that_the_loader_reads() -> None:
    assert proposed(PACK.encode(), "v1.yaml") == loader.published("fine_tuning", 1)


def test_refused_file_has_the_loaders_problems_the_first_of_them() -> None:
    many = PACK.replace("\n  - id: ", "\n  - idd: ")
    with pytest.raises(RefusedFileError) as whole:
        loader.read(many.encode(), "v2.yaml")

    with pytest.raises(RefusedProposalError) as refused:
        proposed(many.encode(), "v2.yaml")

    assert refused.value.problems == list(whole.value.problems[:5])
    assert refused.value.more == max(0, len(whole.value.problems) - 5)
