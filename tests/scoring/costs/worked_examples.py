"""The worked examples of the method, each worked by the formulas of the code."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.scoring.calendars.break_even import (
    CostLine,
    Machines,
    assess_prefix,
    break_even,
    payback_months,
    saving_over_life,
)
from audits.scoring.costs.cost_drivers import Hosting, Retrieval, Training
from audits.scoring.costs.prompt_costs import (
    cache_hit_from_traffic,
    cache_pays_above,
    prefix_per_request,
    prompt_per_month,
    prompt_per_request,
    with_retrieved_examples,
    with_static_examples,
)
from audits.scoring.costs.retrieval_costs import (
    rag_fixed_per_month,
    rag_per_month,
    rag_per_request,
)
from audits.scoring.costs.training_costs import (
    amortised_per_month,
    hosting_per_month,
    people_per_month,
    served_per_month,
    teacher_labels_cost,
    tokens_per_second,
    training_run_cost,
)
from tests.scoring.costs.worked_calendars import v13, v14
from tests.scoring.costs.worked_prices import (
    ARGON,
    HAIKU,
    LUNA,
    MINI,
    O4_MINI,
    OPUS,
    OWN,
    QUARTER,
    SONNET,
    TEACHER,
    TERRA,
    TUNED_MINI,
    UNCACHED,
    USUAL,
    crossing,
    own_fixed,
    prices,
    traffic,
)

type Numbers = dict[str, Decimal | int | bool]


def v1() -> Numbers:
    plain, cached = prompt_per_month(UNCACHED, SONNET), prompt_per_month(USUAL, SONNET)
    prefix = prefix_per_request(USUAL, SONNET)
    return {
        "uncached_per_request": prompt_per_request(UNCACHED, SONNET),
        "uncached_month": plain,
        "cached_per_request": prompt_per_request(USUAL, SONNET),
        "cached_month": cached,
        "saving_pct": (plain - cached) * 100 / plain,
        "prefix_per_request": prefix,
        "prefix_share_pct": prefix * 100 / prompt_per_request(USUAL, SONNET),
    }


def v2() -> Numbers:
    month = prompt_per_month(USUAL, LUNA)
    return {
        "per_request": prompt_per_request(USUAL, LUNA),
        "month": month,
        "ratio_to_V1_cached": prompt_per_month(USUAL, SONNET) / month,
    }


def v3() -> Numbers:
    long = traffic(20_000, 150_000, 200, 400, "0.98")
    short = replace(long, prefix=1500)
    retrieval = Retrieval(
        chunks=10,
        chunk_tokens=400,
        query_tokens=200,
        corpus_tokens=150_000,
        embedding=Decimal("0.02"),
        reembedded=Decimal("0.1"),
        store=Decimal(200),
    )
    found = with_retrieved_examples(short, 10, 400)
    with_query = rag_per_request(short, OPUS, retrieval)
    total = rag_per_month(short, OPUS, retrieval)
    return {
        "long_cached_per_request": prompt_per_request(long, OPUS),
        "long_cached_month": prompt_per_month(long, OPUS),
        "long_uncached_month": prompt_per_month(
            replace(long, cache_hit=Decimal(0)), OPUS
        ),
        "rag_llm_per_request": prompt_per_request(found, OPUS),
        "rag_llm_month": prompt_per_month(found, OPUS),
        "rag_embed_month": 20_000 * (with_query - prompt_per_request(found, OPUS)),
        "rag_fixed_month": rag_fixed_per_month(retrieval),
        "rag_total_month": total,
        "long_minus_rag": prompt_per_month(long, OPUS) - total,
    }


def v4() -> Numbers:
    over = traffic(50_000, 0, 120_000, 300)
    under = traffic(50_000, 0, 99_000, 300)
    dear, cheap = prompt_per_month(over, HAIKU), prompt_per_month(under, HAIKU)
    return {
        "a_per_request": prompt_per_request(over, HAIKU),
        "a_month": dear,
        "b_per_request": prompt_per_request(under, HAIKU),
        "b_month": cheap,
        "saving_pct": (dear - cheap) * 100 / dear,
    }


def v5() -> Numbers:
    tokens = prompt_per_month(traffic(1, 0, 20_000_000, 40_000_000), O4_MINI)
    hosting = hosting_per_month(Hosting(hourly=Decimal("1.7"), hours=Decimal(720)))
    sft = Training(tokens=1_000_000, epochs=Decimal(2), price=Decimal(2))
    grading = prompt_per_month(traffic(1, 0, 5_000_000, 4_900_000), O4_MINI)
    rft = Training(hours=Decimal(4), hourly=Decimal(100))
    return {
        "tokens_month": tokens,
        "hosting_month": hosting,
        "total_month": tokens + hosting,
        "training_sft": training_run_cost(sft),
        "rft_training": training_run_cost(rft) + grading,
    }


def v6() -> Numbers:
    fixed = own_fixed()
    small = crossing(fixed, prompt_per_request(USUAL, LUNA))
    return {
        "gpu_month": hosting_per_month(OWN),
        "amort_month": amortised_per_month(Decimal(12_000), Decimal(6)),
        "people_month": people_per_month(QUARTER),
        "fixed_month": fixed,
        "breakeven_vs_V1_uncached": crossing(
            fixed, prompt_per_request(UNCACHED, SONNET)
        ),
        "breakeven_vs_V1_cached": crossing(fixed, prompt_per_request(USUAL, SONNET)),
        "breakeven_vs_V2_cached": small,
        "tokens_per_s_at_V2_breakeven": tokens_per_second(Decimal(small), 500 + 300),
    }


def v7() -> Numbers:
    cached = prompt_per_request(USUAL, MINI)
    uncached = prompt_per_request(UNCACHED, MINI)
    tuned = prompt_per_request(replace(USUAL, prefix=200), TUNED_MINI)
    training = training_run_cost(
        Training(tokens=2000 * 1200, epochs=Decimal(3), price=Decimal(3))
    )
    people = people_per_month(QUARTER)
    fixed = people + amortised_per_month(training, Decimal(12))
    return {
        "prompt_cached": cached,
        "prompt_uncached": uncached,
        "ft": tuned,
        "training": training,
        "fixed_12m": fixed,
        "breakeven_cached": crossing(fixed, cached, tuned),
        "breakeven_uncached": crossing(fixed, uncached, tuned),
    }


def v8() -> Numbers:
    usual = traffic(5_000_000, 6000, 500, 300, "0.95")
    training = Training(
        tokens=50_000 * 800,
        epochs=Decimal(3),
        price=Decimal("0.46"),
    )
    teacher = teacher_labels_cost(Decimal(50_000), usual, TEACHER)
    review, engineering = 2000 * Decimal("1.5"), 20 * Decimal(800)
    one_off = teacher + training_run_cost(training) + review + engineering
    running = hosting_per_month(replace(OWN, count=Decimal(1)))
    people = people_per_month(replace(QUARTER, share=Decimal("0.2")))
    amortised = amortised_per_month(one_off, Decimal(12))
    fixed = amortised + running + people
    month = prompt_per_month(usual, TERRA)
    payback = payback_months(one_off, month - running - people)
    assert payback is not None
    return {
        "teacher_labels": teacher,
        "training": training_run_cost(training),
        "review": review,
        "engineering": engineering,
        "one_off": one_off,
        "amort_month": amortised,
        "gpu_month": running,
        "people_month": people,
        "fixed_month": fixed,
        "prompt_per_request": prompt_per_request(usual, TERRA),
        "prompt_month": month,
        "saving_month": saving_over_life(month, running + people, one_off, Decimal(12))
        / 12,
        "breakeven": crossing(fixed, prompt_per_request(usual, TERRA)),
        "payback_months": payback,
    }


def v9() -> Numbers:
    month = traffic(1_000_000, 0, 1000, 200)
    before = ARGON.prices_on(date(2026, 11, 30))
    (change,) = ARGON.changes(date(2026, 11, 24), date(2027, 11, 24))
    after = ARGON.prices_on(change)
    assert before is not None
    assert after is not None
    return {
        "before_month": prompt_per_month(month, before),
        "after_month": prompt_per_month(month, after),
    }


def v10() -> Numbers:
    def pays_above(write: str, read: str) -> Decimal:
        share = cache_pays_above(prices("1", "5", read, write).rates)
        assert share is not None
        return share

    requests, everything = Decimal(10_000), Decimal(1)
    return {
        "lambda_per_min": requests / 43_800,
        "h_ttl5": cache_hit_from_traffic(requests, Decimal(5), everything),
        "h_ttl60": cache_hit_from_traffic(requests, Decimal(60), everything),
        "breakeven_h_1p25x_0p1x": pays_above("1.25", "0.1"),
        "breakeven_h_2x_0p1x": pays_above("2", "0.1"),
        "breakeven_h_1p25x_0p05x": pays_above("1.25", "0.05"),
    }


def v11() -> Numbers:
    zero_shot = traffic(300_000, 6000, 500, 300)
    plain = prompt_per_month(zero_shot, TERRA)
    static = prompt_per_month(with_static_examples(zero_shot, 20, 350), TERRA)
    dynamic = prompt_per_month(with_retrieved_examples(zero_shot, 5, 350), TERRA)
    return {
        "zero_shot_month": plain,
        "static20_month": static,
        "dynamic5_month": dynamic,
        "static20_extra": static - plain,
        "dynamic5_extra": dynamic - plain,
    }


def v12() -> Numbers:
    test = assess_prefix(USUAL.requests, prefix_per_request(USUAL, SONNET), own_fixed())
    assert test.requests is not None
    return {
        "prefix_month": test.month,
        "fixed_month": test.fixed,
        "passes": test.can_pay,
        "N_needed": test.requests,
    }


def v15() -> Numbers:
    served = served_per_month(Decimal(9300), Decimal(800 * 3))
    gpu = Hosting(hourly=Decimal("2.95"), overhead=Decimal("1.3"))
    gpus = Machines(month=hosting_per_month(gpu), requests=served, at_least=Decimal(2))
    own = CostLine(
        fixed=people_per_month(QUARTER), per_request=Decimal(0), machines=gpus
    )
    volumes = {"10m": 10_000_000, "100m": 100_000_000, "1bn": 1_000_000_000}
    counts = {f"gpus_{x}": gpus.count(Decimal(n)) for x, n in volumes.items()}
    months = {f"month_{x}": own.at(Decimal(n)) for x, n in volumes.items()}
    crossings: Numbers = {}
    for name, prompt in {"V1": SONNET, "V2": LUNA}.items():
        each = prompt_per_request(USUAL, prompt)
        found = break_even(CostLine(fixed=Decimal(0), per_request=each), own)
        assert found is not None
        crossings[f"breakeven_vs_{name}_cached"] = found
    return {"served_by_one": served, **counts, **months, **crossings}


WORKED: dict[str, Callable[[], Numbers]] = {
    "V1": v1,
    "V2": v2,
    "V3": v3,
    "V4": v4,
    "V5": v5,
    "V6": v6,
    "V7": v7,
    "V8": v8,
    "V9": v9,
    "V10": v10,
    "V11": v11,
    "V12": v12,
    "V13": v13,
    "V14": v14,
    "V15": v15,
}
