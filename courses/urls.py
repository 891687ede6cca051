"""Addresses of courses and curricula."""

from django.urls import path

from courses.views import curricula, entry, life, lists, pages, photos, sessions

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
