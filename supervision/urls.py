"""Addresses of supervision."""

from django.urls import path

from supervision.views import lists, money, papers, visits

app_name = "supervision"

urlpatterns = [
    path("", lists.visit_list, name="list"),
    path("export/<slug:ending>/", lists.visit_export, name="export"),
    path("courses/<int:pk>/", lists.course_visits, name="course"),
    path("courses/<int:pk>/begin/", visits.visit_begin, name="begin"),
    path("courses/<int:pk>/propose/", lists.item_propose, name="propose"),
    path("proposals/<int:pk>/withdraw/", lists.proposal_withdraw, name="withdraw_proposal"),
    path("visits/<int:pk>/", visits.visit_detail, name="detail"),
    path("visits/<int:pk>/money/", money.visit_money, name="money"),
    path("visits/<int:pk>/money/<slug:kind>/", money.visit_spend, name="spend"),
    path("visits/<int:pk>/spending/", money.spending_put, name="put_spending"),
    path("spending/<int:pk>/take-off/", money.spending_take_off, name="take_off_spending"),
    path("visits/<int:pk>/paper/", papers.visit_paper, name="paper"),
    path("form-11/", papers.empty_paper, name="empty_paper"),
    path("visits/<int:pk>/edit/", visits.visit_edit, name="edit"),
    path("visits/<int:pk>/autosave/", visits.visit_autosave, name="autosave"),
    path("visits/<int:pk>/correct/", visits.visit_correct, name="correct"),
    path("visits/<int:pk>/discard/", visits.visit_discard, name="discard"),
    path("visits/<int:pk>/restore/", visits.visit_restore, name="restore"),
]
