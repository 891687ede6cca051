"""Addresses of courses and curricula."""

from django.urls import path

from courses.views import (
    curricula,
    entry,
    fair_parts,
    fairs,
    life,
    lists,
    pages,
    partner_roles,
    partners,
    photos,
    sessions,
)

app_name = "courses"
urlpatterns = [
    path("", lists.course_list, name="list"),
    path("board/", lists.course_board, name="board"),
    path("export/<slug:ending>/", lists.course_export, name="export"),
    path("new/", entry.course_create, name="create"),
    path("copy/", lists.course_copy_last, name="copy_last"),
    path("type/", entry.course_classify, name="classify"),
    path("subdistricts/", entry.course_subdistricts, name="subdistricts"),
    path("bin/", life.course_bin_list, name="bin_list"),
    path("<int:pk>/", pages.course_detail, name="detail"),
    path("<int:pk>/history/", pages.course_history, name="history"),
    path("<int:pk>/edit/", entry.course_edit, name="edit"),
    path("<int:pk>/copy/", entry.course_copy, name="copy"),
    path("<int:pk>/move/", life.course_move, name="move"),
    path("<int:pk>/bin/", life.course_bin, name="bin"),
    path("<int:pk>/restore/", life.course_restore, name="restore"),
    path("<int:pk>/sessions/", sessions.session_list, name="sessions"),
    path("<int:pk>/sessions/plan/", sessions.session_plan, name="session_plan"),
    path("<int:pk>/sessions/new/", sessions.session_add, name="session_add"),
    path("sessions/<int:pk>/edit/", sessions.session_edit, name="session_edit"),
    path("sessions/<int:pk>/remove/", sessions.session_remove, name="session_remove"),
    path("<int:pk>/photos/", photos.photo_list, name="photos"),
    path("<int:pk>/photos/add/", photos.photo_add, name="photo_add"),
    path("photos/<int:pk>/<slug:size>.jpg", photos.photo_picture, name="photo"),
    path("photos/<int:pk>/edit/", photos.photo_edit, name="photo_edit"),
    path("photos/<int:pk>/bin/", photos.photo_bin, name="photo_bin"),
    path("photos/<int:pk>/restore/", photos.photo_restore, name="photo_restore"),
    path("curricula/", curricula.curriculum_list, name="curricula"),
    path("curricula/new/", curricula.curriculum_create, name="curriculum_create"),
    path("curricula/<int:pk>/", curricula.curriculum_detail, name="curriculum"),
    path("curricula/<int:pk>/copy/", curricula.curriculum_copy, name="curriculum_copy"),
    path("curricula/<int:pk>/edit/", curricula.curriculum_edit, name="curriculum_edit"),
    path("curricula/<int:pk>/bin/", curricula.curriculum_bin, name="curriculum_bin"),
    path("curricula/<int:pk>/restore/", curricula.curriculum_restore, name="curriculum_restore"),
]

with_partners = [
    path("partners/", partners.partner_list, name="partners"),
    path("partners/export/<slug:ending>/", partners.partner_export, name="partner_export"),
    path("partners/new/", partners.partner_create, name="partner_create"),
    path("partners/bin/", partners.partner_bin_list, name="partner_bin_list"),
    path("partners/<int:pk>/", partners.partner_detail, name="partner"),
    path("partners/<int:pk>/edit/", partners.partner_edit, name="partner_edit"),
    path("partners/<int:pk>/bin/", partners.partner_bin, name="partner_bin"),
    path("partners/<int:pk>/restore/", partners.partner_restore, name="partner_restore"),
    path("<int:pk>/partners/", partner_roles.course_partners, name="course_partners"),
    path("<int:pk>/partners/add/", partner_roles.course_partner_add, name="course_partner_add"),
    path("partners/parts/<int:pk>/edit/", partner_roles.course_partner_edit, name="course_partner_edit"),
    path(
        "partners/parts/<int:pk>/evidence/", partner_roles.course_partner_evidence, name="course_partner_evidence"
    ),
    path("partners/parts/<int:pk>/bin/", partner_roles.course_partner_bin, name="course_partner_bin"),
    path("partners/parts/<int:pk>/restore/", partner_roles.course_partner_restore, name="course_partner_restore"),
    path("curricula/<int:pk>/designers/add/", partner_roles.co_designer_add, name="co_designer_add"),
    path("curricula/designers/<int:pk>/edit/", partner_roles.co_designer_edit, name="co_designer_edit"),
    path("curricula/designers/<int:pk>/bin/", partner_roles.co_designer_bin, name="co_designer_bin"),
    path("curricula/designers/<int:pk>/restore/", partner_roles.co_designer_restore, name="co_designer_restore"),
]

at_fairs = [
    path("fairs/", fairs.fair_list, name="fairs"),
    path("fairs/export/<slug:ending>/", fairs.fair_export, name="fair_export"),
    path("fairs/new/", fairs.fair_create, name="fair_create"),
    path("fairs/subdistricts/", fairs.fair_subdistricts, name="fair_subdistricts"),
    path("fairs/<int:pk>/", fairs.fair_detail, name="fair"),
    path("fairs/<int:pk>/edit/", fairs.fair_edit, name="fair_edit"),
    path("fairs/<int:pk>/move/", fairs.fair_move, name="fair_move"),
    path("fairs/<int:pk>/join/", fair_parts.fair_join, name="fair_join"),
    path("fairs/<int:pk>/leave/", fair_parts.fair_leave, name="fair_leave"),
    path("fairs/<int:pk>/part/", fair_parts.fair_part, name="fair_part"),
    path("fairs/<int:pk>/parts/export/<slug:ending>/", fair_parts.fair_parts_export, name="fair_parts_export"),
]

urlpatterns += [*with_partners, *at_fairs]
