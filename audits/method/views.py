"""The pages that explain the framework in force, and its words."""

from datetime import date
from operator import attrgetter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audits.frameworks.answering.glossary import own_words
from audits.frameworks.loading import loader
from audits.frameworks.loading.cases import worked_cases
from audits.method.agreement import misses, scores
from audits.method.history import changed
from audits.method.thresholds import thresholds
from audits.method.told import told
from audits.scoring.explaining.grades.strength import rank


@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """Explain the technical words that pages use."""
    found = [(word.term, word.means) for word in loader.current().glossary]
    found += [(word.term, word.means) for word in own_words()]
    found.sort(key=lambda word: word[0].lower())
    firsts = {term[0].upper(): term for term, _ in reversed(found)}
    letters = sorted(firsts.items())
    context = {"words": found, "letters": letters}
    return render(request, "method/words.html", context)


@require_GET
def method(request: HttpRequest) -> HttpResponse:
    framework, first = loader.current(), loader.published("fine_tuning", 1)
    sections = [
        (section, framework.in_section(section.id)) for section in framework.sections
    ]
    context = {
        "framework": framework,
        "first": first,
        "changed": changed(first, framework),
        "published": date.fromisoformat(framework.published),
        "sections": sections,
        "reasons": sorted(framework.reasons, key=attrgetter("id")),
        "strengths": sorted(framework.strengths, key=lambda each: rank(each.id)),
        "told": told(),
        "blockers": told().blockers_of(framework),
        "checks": told().checks_of(framework),
        "scores": scores(),
        "worked": [(case, scores().now(key)) for key, case in worked_cases().items()],
        "by_verdict": scores().by_verdict(tuple(framework.verdicts)),
        "misses": misses(framework, told().actions),
        "thresholds": thresholds(framework),
        "article_parts": [x for x in framework.sources if x.startswith("art_")],
    }
    return render(request, "method/method.html", context)
