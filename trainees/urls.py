"""Addresses of trainees."""

from django.urls import path

from trainees.views import (
    attendance,
    bins,
    enrolments,
    follow_ups,
    lists,
    openings,
    papers,
    people,
    phones,
    privacy,
    ratings,
    results,
    satisfaction,
    waivers,
)

app_name = "trainees"

register = [
    path("", lists.trainee_list, name="list"),
    path("find/", lists.trainee_find, name="find"),
    path("export/", lists.trainee_export, name="export"),
    path("new/", people.trainee_create, name="create"),
    path("new/derived/", people.derived, name="derived"),
    path("notice/", privacy.notice, name="notice"),
    path("bin/", bins.bin_list, name="bin_list"),
    path("<int:pk>/", people.trainee_detail, name="detail"),
    path("<int:pk>/edit/", people.trainee_edit, name="edit"),
    path("<int:pk>/document/", people.trainee_mend_id, name="mend_id"),
    path("<int:pk>/reveal/", people.trainee_reveal, name="reveal"),
    path("<int:pk>/erase/", privacy.trainee_erase, name="erase"),
    path("<int:pk>/bin/", bins.trainee_bin, name="bin"),
    path("<int:pk>/restore/", bins.trainee_restore, name="restore"),
]

on_courses = [
    path("courses/<int:pk>/", enrolments.course_roster, name="roster"),
    path("courses/<int:pk>/candidates/", enrolments.course_candidates, name="candidates"),
    path("courses/<int:pk>/enrol/", enrolments.course_enrol, name="enrol"),
    path("courses/<int:pk>/came/", enrolments.course_mark_came, name="mark_came"),
    path("courses/<int:pk>/open/", openings.course_open, name="course_open"),
    path("courses/<int:pk>/waiver/", openings.waiver_ask, name="waiver_ask"),
    path("enrolments/<int:pk>/", enrolments.enrolment_edit, name="enrolment_edit"),
    path("enrolments/<int:pk>/withdraw/", enrolments.enrolment_withdraw, name="withdraw"),
    path("enrolments/<int:pk>/take-back/", enrolments.enrolment_take_back, name="take_back"),
    path("enrolments/<int:pk>/remove/", enrolments.enrolment_remove, name="enrolment_remove"),
    path("enrolments/<int:pk>/restore/", bins.enrolment_restore, name="enrolment_restore"),
    path("enrolments/<int:pk>/not-come/", enrolments.enrolment_unmark_came, name="unmark_came"),
]

in_class = [
    path("courses/<int:pk>/attendance/", attendance.course_attendance, name="attendance"),
    path("courses/<int:pk>/attendance/save/", attendance.attendance_save, name="attendance_save"),
    path("courses/<int:pk>/attendance/cells/", attendance.attendance_cells, name="attendance_cells"),
    path("courses/<int:pk>/results/", results.course_results, name="results"),
    path("courses/<int:pk>/results/save/", results.results_save, name="results_save"),
    path("courses/<int:pk>/results/cells/", results.results_cells, name="results_cells"),
]

on_paper = [
    path("courses/<int:pk>/papers/", papers.course_papers, name="papers"),
    path("courses/<int:pk>/papers/<int:number>/", papers.course_paper, name="paper"),
    path("courses/<int:pk>/papers/<int:number>/in-full/", papers.course_paper_in_full, name="paper_in_full"),
]

requests = [
    path("waivers/", waivers.waiver_list, name="waivers"),
    path("waivers/<int:pk>/", waivers.waiver_decide, name="waiver_decide"),
]

outcomes = [
    path("satisfaction/", ratings.satisfaction_list, name="satisfaction_list"),
    path("satisfaction/export/", ratings.satisfaction_export, name="satisfaction_export"),
    path("courses/<int:pk>/satisfaction/", satisfaction.course_satisfaction, name="satisfaction"),
    path("courses/<int:pk>/satisfaction/save/", satisfaction.satisfaction_save, name="satisfaction_save"),
    path("courses/<int:pk>/satisfaction/cells/", satisfaction.satisfaction_cells, name="satisfaction_cells"),
    path("courses/<int:pk>/satisfaction/codes/", satisfaction.satisfaction_codes, name="satisfaction_codes"),
    path("enrolments/<int:pk>/satisfaction/", satisfaction.satisfaction_answer, name="satisfaction_answer"),
    path("enrolments/<int:pk>/satisfaction/remove/", satisfaction.satisfaction_remove, name="satisfaction_remove"),
]

following_up = [
    path("follow-up/", follow_ups.follow_up_list, name="follow_up_list"),
    path("follow-up/export/", follow_ups.follow_up_export, name="follow_up_export"),
    path("courses/<int:pk>/follow-up/", follow_ups.course_follow_up, name="course_follow_up"),
    path("courses/<int:pk>/follow-up/<int:wave>/", follow_ups.follow_up_begin, name="follow_up_begin"),
    path("courses/<int:pk>/follow-up/<int:wave>/codes/", follow_ups.follow_up_codes, name="follow_up_codes"),
    path("enrolments/<int:pk>/follow-up/<int:wave>/", follow_ups.follow_up, name="follow_up"),
    path("enrolments/<int:pk>/follow-up/<int:wave>/remove/", follow_ups.follow_up_remove, name="follow_up_remove"),
]

# Open to whoever holds a link; see offices/links.py.
by_phone = [
    path("answer/<str:token>/", phones.satisfaction_form, name="satisfaction_form"),
    path("tell/<str:token>/", phones.follow_up_form, name="follow_up_form"),
]

urlpatterns = [*register, *on_courses, *in_class, *on_paper, *requests, *outcomes, *following_up, *by_phone]
