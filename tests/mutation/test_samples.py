"""Which changes the mutation check tries, if it does not try all."""

from tests.mutation.__main__ import MODULES, mutants_of, sample


def test_sample_is_of_its_size_and_is_decided_by_its_seed() -> None:
    [file] = [file for file in MODULES if file.name == "weighing.py"]
    mutants = [*mutants_of(file)]

    tried = sample(mutants, 5, seed=1)

    assert len(set(tried)) == 5
    assert set(tried) <= set(mutants)
    assert sample(mutants, 5, seed=1) == tried
    assert sample(mutants, 5, seed=2) != tried
    assert len(sample(mutants, 10**6, seed=1)) == len(mutants)
