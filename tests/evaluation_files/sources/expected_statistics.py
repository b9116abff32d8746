"""Prints expected values of statistics, by scipy and statsmodels.

`python expected_statistics.py > ../../evaluations/expected_statistics.json`, in an
environment with both.
"""

import json
import random
import sys

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

out = {
    "source": f"scipy {scipy.__version__}, statsmodels {statsmodels.__version__}, numpy {np.__version__}: tests/evaluation_files/sources/expected_statistics.py",
    "wilson": [],
    "mcnemar": [],
    "signs": [],
    "means": [],
}
for k, n in [
    (0, 1),
    (1, 1),
    (0, 10),
    (10, 10),
    (12, 24),
    (11, 24),
    (27, 30),
    (29, 30),
    (84, 100),
    (100, 200),
    (970, 1000),
    (1, 100000),
    (99999, 100000),
]:
    r = stats.binomtest(k, n).proportion_ci(0.95, "wilson")
    s = proportion_confint(k, n, method="wilson")
    assert np.allclose((r.low, r.high), s, atol=1e-9)
    out["wilson"].append([k, n, float(r.low), float(r.high)])
for b, c in [
    (0, 0),
    (1, 0),
    (5, 0),
    (6, 0),
    (12, 3),
    (3, 12),
    (10, 10),
    (40, 20),
    (55, 45),
    (300, 240),
    (501, 520),
    (2000, 2150),
    (49500, 50500),
]:
    p = 1.0 if b + c == 0 else mcnemar([[0, b], [c, 0]], exact=True).pvalue
    q = 1.0 if b + c == 0 else stats.binomtest(b, b + c, 0.5).pvalue
    out["mcnemar"].append([b, c, float(q)])
    assert abs(min(1, p) - q) < 1e-9, (b, c, p, q)
r = random.Random(5)  # noqa: S311 - no secret is made of it
for n in (6, 10, 12):
    d = [round(r.gauss(0.1, 0.2), 2) for _ in range(n)]
    res = stats.permutation_test(
        (np.array(d),),
        lambda x, axis=-1: np.mean(x, axis=axis),
        permutation_type="samples",
        n_resamples=np.inf,
        alternative="two-sided",
        vectorized=True,
    )
    out["signs"].append([d, float(res.pvalue)])
d = [round(r.gauss(0.05, 0.2), 2) for _ in range(60)]
res = stats.permutation_test(
    (np.array(d),),
    lambda x, axis=-1: np.mean(x, axis=axis),
    permutation_type="samples",
    n_resamples=200_000,
    alternative="two-sided",
    vectorized=True,
    rng=1,
)
out["signs"].append([d, float(res.pvalue)])
for n, make in (
    (12, lambda: round(r.random(), 3)),
    (30, lambda: round(r.betavariate(5, 1), 3)),
    (100, lambda: round(r.expovariate(1), 3)),
    (400, lambda: round(r.betavariate(1, 4), 3)),
):
    x = [make() for _ in range(n)]
    res = stats.bootstrap(
        (np.array(x),),
        np.mean,
        confidence_level=0.95,
        n_resamples=100_000,
        method="BCa",
        rng=2,
    )
    ci = res.confidence_interval
    out["means"].append([x, float(ci.low), float(ci.high)])
json.dump(out, sys.stdout)
sys.stdout.write("\n")
