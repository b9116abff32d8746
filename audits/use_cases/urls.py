"""A person's own use cases."""

from django.urls import path

from audits.use_cases import views

urlpatterns = [
    path("use-cases/", views.use_cases, name="use_cases"),
    path("use-cases/register/", views.register, name="register"),
]
