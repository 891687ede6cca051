"""Addresses of reports."""

from django.urls import path

from reports import chart_views, evidence_views, target_views, views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("compile/", views.report_compile, name="compile"),
    path("indicators/", views.indicator_list, name="indicators"),
    path("indicators/places/", views.overview_page, name="overview"),
    path("indicators/charts/<str:dimension>/<str:ending>/", chart_views.chart_export, name="chart_export"),
    path("evidence/", evidence_views.evidence_list, name="evidence"),
    path("evidence/export/", evidence_views.evidence_export, name="evidence_export"),
    path("targets/", target_views.target_table, name="targets"),
    path("targets/save/", target_views.target_save, name="targets_save"),
    path("targets/export/<str:ending>/", target_views.target_export, name="targets_export"),
    path("targets/template/<str:kind>/", target_views.target_template, name="targets_template"),
    path("targets/upload/", target_views.target_upload, name="targets_upload"),
]
