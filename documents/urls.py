"""Addresses of documents. None leads to a file by itself: what shows one asks who may see it, then serves it."""

from django.urls import path

from documents import invitation_views as views

app_name = "documents"
urlpatterns = [
    path("invitations/", views.invitation_upload, name="invitations"),
    path("invitations/template.<str:kind>", views.invitation_template, name="invitations_template"),
    path("invitations/confirm/", views.invitation_confirm, name="confirm_invitations"),
    path("invitations/links.xlsx", views.invitation_result, name="invitations_result"),
]
