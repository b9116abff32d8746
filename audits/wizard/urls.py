"""The wizard."""

from django.urls import path

from audits.wizard import conflicts, history, numbers, views
from audits.wizard.candidates import removing, results, uploading
from audits.wizard.candidates import views as candidates
from audits.wizard.submitting import putting_back, risks, submissions
from audits.wizard.submitting import views as submitting
from audits.wizard.undo import views as undoing
from audits.wizard.usage import removing as usage_removing
from audits.wizard.usage import views as usage

urlpatterns = [
    path("audits/<uuid:audit_id>/", views.tasks, name="tasks"),
    path("audits/<uuid:audit_id>/continue/", views.resume, name="resume"),
    path("audits/<uuid:audit_id>/next/", views.ask_next, name="next"),
    path(
        "audits/<uuid:audit_id>/next/<slug:question_id>/",
        views.next_question,
        name="next_question",
    ),
    path(
        "audits/<uuid:audit_id>/sections/<slug:section_id>/",
        views.section,
        name="section",
    ),
    path(
        "audits/<uuid:audit_id>/sections/<slug:section_id>/check/",
        views.section_check,
        name="section_check",
    ),
    path(
        "audits/<uuid:audit_id>/questions/<slug:question_id>/",
        views.question,
        name="question",
    ),
    path(
        "audits/<uuid:audit_id>/questions/<slug:question_id>/history/",
        history.question_history,
        name="question_history",
    ),
    path("audits/<uuid:audit_id>/numbers/", numbers.numbers, name="numbers"),
    path(
        "audits/<uuid:audit_id>/numbers/history/",
        history.number_history,
        name="number_history",
    ),
    path(
        "audits/<uuid:audit_id>/assumptions/", numbers.assumptions, name="assumptions"
    ),
    path("audits/<uuid:audit_id>/tokens/", numbers.tokens, name="tokens"),
    path(
        "audits/<uuid:audit_id>/candidates/",
        candidates.candidates,
        name="candidates",
    ),
    path(
        "audits/<uuid:audit_id>/candidates/history/",
        history.candidate_history,
        name="candidate_history",
    ),
    path(
        "audits/<uuid:audit_id>/candidates/<slug:item>/",
        candidates.candidate,
        name="candidate",
    ),
    path(
        "audits/<uuid:audit_id>/candidates/<slug:item>/remove/",
        removing.remove_candidate,
        name="remove_candidate",
    ),
    path(
        "audits/<uuid:audit_id>/results/",
        uploading.upload_results,
        name="upload_results",
    ),
    path(
        "audits/<uuid:audit_id>/results/checked/<uuid:results_check_id>/",
        uploading.take_checked_results,
        name="take_checked_results",
    ),
    path(
        "audits/<uuid:audit_id>/results/<uuid:file_id>/",
        results.results,
        name="results",
    ),
    path("audits/<uuid:audit_id>/usage/", usage.usage, name="usage"),
    path(
        "audits/<uuid:audit_id>/usage/<uuid:file_id>/",
        usage.usage_file,
        name="usage_file",
    ),
    path(
        "audits/<uuid:audit_id>/usage/<uuid:file_id>/remove/",
        usage_removing.remove_usage_file,
        name="remove_usage",
    ),
    path("audits/<uuid:audit_id>/check/", submitting.check, name="check"),
    path("audits/<uuid:audit_id>/risks/", risks.risks, name="risks"),
    path("audits/<uuid:audit_id>/submit/", submitting.submit, name="submit"),
    path(
        "audits/<uuid:audit_id>/submission/",
        submissions.submission,
        name="submission",
    ),
    path(
        "audits/<uuid:audit_id>/answers.json",
        submissions.answers_json,
        name="answers_json",
    ),
    path("audits/<uuid:audit_id>/reopen/", submitting.reopen, name="reopen"),
    path("audits/<uuid:audit_id>/put-back/", putting_back.put_back, name="put_back"),
    path("audits/<uuid:audit_id>/conflicts/", conflicts.conflicts, name="conflicts"),
    path("conflicts/<uuid:version_id>/", conflicts.settle, name="settle"),
    path("versions/<uuid:version_id>/restore/", history.restore, name="restore"),
    path("audits/<uuid:audit_id>/undo/", undoing.undo, name="undo"),
    path("layout/", views.layout, name="layout"),
]
