"""Addresses of trainees."""

from django.urls import path

from trainees.views import (
    attendance,
    bins,
    enrolments,
    lists,
    openings,
    papers,
    people,
    privacy,
    results,
    shows,
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

at_fairs = [
    path("fairs/<int:pk>/", shows.fair_shows, name="fair_shows"),
    path("fairs/<int:pk>/export/<slug:ending>/", shows.shows_export, name="shows_export"),
    path("fairs/<int:pk>/exhibits/add/", shows.exhibit_add, name="exhibit_add"),
    path("fairs/exhibits/<int:pk>/edit/", shows.exhibit_edit, name="exhibit_edit"),
    path("fairs/exhibits/<int:pk>/remove/", shows.exhibit_remove, name="exhibit_remove"),
    path("fairs/<int:pk>/contests/add/", shows.contest_add, name="contest_add"),
    path("fairs/contests/people/", shows.contest_people, name="contest_people"),
    path("fairs/contests/<int:pk>/edit/", shows.contest_edit, name="contest_edit"),
    path("fairs/contests/<int:pk>/remove/", shows.contest_remove, name="contest_remove"),
]

urlpatterns = [*register, *on_courses, *in_class, *on_paper, *requests, *at_fairs]
