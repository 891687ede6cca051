"""Addresses of money."""

from django.urls import path

from courses.views import allocations, budgets, money, spending

app_name = "money"
urlpatterns = [
    path("", money.money_overview, name="overview"),
    path("province/<slug:pk>/", money.money_province, name="province"),
    path("school/<int:pk>/", money.money_school, name="school"),
    path("course/<int:pk>/", money.money_course, name="course"),
    path("fair/<int:pk>/", money.money_fair, name="fair"),
    path("export/<slug:what>/<slug:ending>/", money.money_export, name="export"),
    path("allocations/", allocations.allocation_list, name="allocations"),
    path("allocations/new/", allocations.allocate, name="allocate"),
    path("allocations/new/sum/", allocations.allocate_sum, name="allocate_sum"),
    path("allocations/receive/", allocations.receive, name="receive"),
    path("allocations/carry-over/", allocations.carry_over, name="carry_over"),
    path("allocations/<int:pk>/", allocations.allocation_detail, name="allocation"),
    path("allocations/<int:pk>/edit/", allocations.allocation_edit, name="allocation_edit"),
    path("allocations/<int:pk>/give-back/", allocations.give_back, name="give_back"),
    path("allocations/<int:pk>/cancel/", allocations.allocation_cancel, name="allocation_cancel"),
    path("allocations/<int:pk>/restore/", allocations.allocation_restore, name="allocation_restore"),
    path("spending/", spending.spending_list, name="spending_list"),
    path("spending/new/<slug:kind>/", spending.spend, name="spend"),
    path("spending/<int:pk>/", spending.spending_detail, name="spending"),
    path("spending/<int:pk>/clear/", spending.spending_clear, name="clear"),
    path("spending/<int:pk>/release/", spending.spending_release, name="release"),
    path("spending/<int:pk>/edit/", spending.spending_edit, name="spending_edit"),
    path("spending/<int:pk>/cancel/", spending.spending_cancel, name="spending_cancel"),
    path("spending/<int:pk>/restore/", spending.spending_restore, name="spending_restore"),
    path("names/", budgets.name_list, name="names"),
    path("names/export/<slug:ending>/", budgets.name_export, name="name_export"),
    path("names/fill/", budgets.name_fill, name="fill_names"),
    path("names/<slug:kind>/new/", budgets.name_add, name="name_add"),
    path("names/<slug:kind>/<int:pk>/", budgets.name_edit, name="name_edit"),
    path("names/<slug:kind>/<int:pk>/remove/", budgets.name_remove, name="name_remove"),
]
