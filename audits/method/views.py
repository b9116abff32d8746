"""The page that explains the framework in force."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audits.frameworks import loader
from audits.method.told import told


@require_GET
def method(request: HttpRequest) -> HttpResponse:
    framework = loader.current()
    sections = [
        (section, framework.in_section(section.id)) for section in framework.sections
    ]
    context = {
        "framework": framework,
        "published": date.fromisoformat(framework.published),
        "sections": sections,
        "told": told(),
    }
    return render(request, "method/method.html", context)
