"""Addresses of documents. None leads to a file by itself: what shows one asks who may see it, then serves it."""

from django.urls import path

from documents import circular_recipient_views as recipients
from documents import circular_sending_views as sending
from documents import circular_views as circulars
from documents import invitation_views as views
from documents import office_export_views as exports

app_name = "documents"
urlpatterns = [
    path("invitations/", views.invitation_upload, name="invitations"),
    path("invitations/template.<str:kind>", views.invitation_template, name="invitations_template"),
    path("invitations/confirm/", views.invitation_confirm, name="confirm_invitations"),
    path("invitations/links.xlsx", views.invitation_result, name="invitations_result"),
    path("signers.<str:ending>", exports.signers_export, name="signers_export"),
    path("numbers.<str:ending>", exports.numbers_export, name="numbers_export"),
    path("accounts.<str:ending>", exports.accounts_export, name="accounts_export"),
    path("invitations.<str:ending>", exports.invitations_export, name="invitations_export"),
    path("schools.<str:ending>", exports.schools_export, name="schools_export"),
    path("years.<str:ending>", exports.years_export, name="years_export"),
    path("holidays.<str:ending>", exports.holidays_export, name="holidays_export"),
    path("disclosures.<str:ending>", exports.disclosures_export, name="disclosures_export"),
    path("circulars/", circulars.circular_list, name="circulars"),
    path("circulars/list.<str:ending>", circulars.circular_export, name="circulars_export"),
    path("circulars/new/", sending.circular_new, name="circular_new"),
    path("circulars/bin/", sending.circular_bin_list, name="circular_bin_list"),
    path("circulars/<int:pk>/", circulars.circular_detail, name="circular"),
    path("circulars/<int:pk>/paper/", circulars.circular_paper, name="circular_paper"),
    path("circulars/<int:pk>/acknowledge/", circulars.circular_acknowledge, name="circular_acknowledge"),
    path("circulars/<int:pk>/edit/", sending.circular_edit, name="circular_edit"),
    path("circulars/<int:pk>/enclose/", sending.circular_enclose, name="circular_enclose"),
    path("circulars/<int:pk>/send/", sending.circular_send, name="circular_send"),
    path("circulars/<int:pk>/correct/", sending.circular_correct, name="circular_correct"),
    path("circulars/<int:pk>/withdraw/", sending.circular_withdraw, name="circular_withdraw"),
    path("circulars/<int:pk>/bin/", sending.circular_bin, name="circular_bin"),
    path("circulars/<int:pk>/restore/", sending.circular_restore, name="circular_restore"),
    path("circulars/<int:pk>/pass-on/", recipients.circular_pass_on, name="circular_pass_on"),
    path("circulars/<int:pk>/schools/", recipients.circular_recipients, name="circular_recipients"),
    path(
        "circulars/<int:pk>/schools.<str:ending>",
        recipients.circular_recipients_export,
        name="circular_recipients_export",
    ),
    path("circulars/<int:pk>/remind/", recipients.circular_remind, name="circular_remind"),
    path("enclosures/<int:pk>/", circulars.circular_file, name="circular_file"),
    path("enclosures/<int:pk>/take-out/", sending.circular_take_out, name="circular_take_out"),
]
