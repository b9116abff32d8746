"""SCIM 2.0: a provider adds, changes and removes people and groups by itself."""

from django.urls import include, path

from audits.scim import groups, people, views

_OF_A_DIRECTORY = [
    path("ServiceProviderConfig", views.config, name="scim_config"),
    path("ResourceTypes", views.types, name="scim_types"),
    path("ResourceTypes/<str:kind>", views.types, name="scim_type"),
    path("Schemas", views.schema, name="scim_schemas"),
    path("Schemas/<str:kind>", views.schema, name="scim_schema"),
    path("Users", people.people, name="scim_people"),
    path("Users/<uuid:person_id>", people.person, name="scim_person"),
    path("Groups", groups.groups, name="scim_groups"),
    path("Groups/<uuid:group_id>", groups.group, name="scim_group"),
    path("<path:rest>", views.nowhere, name="scim_nowhere"),
]
urlpatterns = [path("scim/v2/<uuid:directory_id>/", include(_OF_A_DIRECTORY))]
