"""Addresses of reports."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("compile/", views.report_compile, name="compile"),
    path("indicators/", views.indicator_list, name="indicators"),
    path("indicators/places/", views.overview_page, name="overview"),
    path("evidence/", views.evidence_list, name="evidence"),
]
