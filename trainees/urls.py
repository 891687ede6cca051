"""Addresses of trainees."""

from django.urls import path

from trainees.views import (
    assessments,
    attendance,
    bins,
    channels,
    enrolments,
    follow_ups,
    groups,
    lists,
    makers,
    openings,
    papers,
    people,
    phones,
    privacy,
    product_photos,
    products,
    publicity,
    ratings,
    results,
    satisfaction,
    shows,
    standard_papers,
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
    path("waivers/export/<slug:ending>/", waivers.waiver_export, name="waiver_export"),
    path("waivers/<int:pk>/", waivers.waiver_decide, name="waiver_decide"),
]

made = [
    path("products/", products.product_list, name="products"),
    path("products/export/", products.product_export, name="product_export"),
    path("products/new/", products.product_create, name="product_create"),
    path("products/bin/", products.product_bin_list, name="product_bin_list"),
    path("products/<int:pk>/", products.product_detail, name="product"),
    path("products/<int:pk>/edit/", products.product_edit, name="product_edit"),
    path("products/<int:pk>/bin/", products.product_bin, name="product_bin"),
    path("products/<int:pk>/restore/", products.product_restore, name="product_restore"),
    path("products/<int:pk>/makers/", makers.product_makers, name="product_makers"),
    path("products/<int:pk>/makers/candidates/", makers.maker_candidates, name="maker_candidates"),
    path("makers/<int:pk>/remove/", makers.maker_remove, name="maker_remove"),
    path("products/<int:pk>/assess/", assessments.product_assess, name="product_assess"),
    path("assessments/<int:pk>/take-back/", assessments.assessment_take_back, name="assessment_take_back"),
    path("assessments/<int:pk>/restore/", assessments.assessment_restore, name="assessment_restore"),
    path("products/<int:pk>/papers/add/", standard_papers.paper_add, name="standard_paper_add"),
    path("standard-papers/<int:pk>/", standard_papers.paper, name="standard_paper"),
    path("standard-papers/<int:pk>/bin/", standard_papers.paper_bin, name="standard_paper_bin"),
    path("standard-papers/<int:pk>/restore/", standard_papers.paper_restore, name="standard_paper_restore"),
    path("products/<int:pk>/photos/", product_photos.photo_list, name="product_photos"),
    path("products/<int:pk>/photos/add/", product_photos.photo_add, name="product_photo_add"),
    path("product-photos/<int:pk>/<slug:size>.jpg", product_photos.photo_picture, name="product_photo"),
    path("product-photos/<int:pk>/edit/", product_photos.photo_edit, name="product_photo_edit"),
    path("product-photos/<int:pk>/bin/", product_photos.photo_bin, name="product_photo_bin"),
    path("product-photos/<int:pk>/restore/", product_photos.photo_restore, name="product_photo_restore"),
    path("courses/<int:pk>/products/", products.course_products, name="course_products"),
]

outlets = [
    path("channels/", channels.channel_list, name="channel_list"),
    path("channels/export/<slug:ending>/", channels.channel_export, name="channel_export"),
    path("channels/new/", channels.channel_create, name="channel_create"),
    path("channels/bin/", channels.channel_bin_list, name="channel_bin_list"),
    path("channels/<int:pk>/", channels.channel_detail, name="channel_detail"),
    path("channels/<int:pk>/edit/", channels.channel_edit, name="channel_edit"),
    path("channels/<int:pk>/bin/", channels.channel_bin, name="channel_bin"),
    path("channels/<int:pk>/restore/", channels.channel_restore, name="channel_restore"),
    path("channels/<int:pk>/products/", channels.channel_offer, name="channel_offer"),
    path("channels/<int:pk>/sales/<int:year>/", channels.channel_sales, name="channel_sales"),
    path("channels/<int:pk>/sales/<int:year>/cells/", channels.channel_sales_cells, name="channel_sales_cells"),
    path("offers/<int:pk>/remove/", channels.offer_remove, name="offer_remove"),
    path("courses/<int:pk>/channels/", channels.course_channels, name="course_channels"),
    path("channels/publicity/", publicity.publicity_list, name="publicity_list"),
    path("channels/publicity/export/<slug:ending>/", publicity.publicity_export, name="publicity_export"),
    path("channels/publicity/new/", publicity.publicity_create, name="publicity_create"),
    path("channels/publicity/bin/", publicity.publicity_bin_list, name="publicity_bin_list"),
    path("channels/publicity/<int:pk>/", publicity.publicity_detail, name="publicity_detail"),
    path("channels/publicity/<int:pk>/edit/", publicity.publicity_edit, name="publicity_edit"),
    path("channels/publicity/<int:pk>/bin/", publicity.publicity_bin, name="publicity_bin"),
    path("channels/publicity/<int:pk>/restore/", publicity.publicity_restore, name="publicity_restore"),
]

together = [
    path("groups/", groups.group_list, name="group_list"),
    path("groups/export/<slug:ending>/", groups.group_export, name="group_export"),
    path("groups/new/", groups.group_create, name="group_create"),
    path("groups/bin/", groups.group_bin_list, name="group_bin_list"),
    path("groups/<int:pk>/", groups.group_detail, name="group_detail"),
    path("groups/<int:pk>/edit/", groups.group_edit, name="group_edit"),
    path("groups/<int:pk>/bin/", groups.group_bin, name="group_bin"),
    path("groups/<int:pk>/restore/", groups.group_restore, name="group_restore"),
    path("groups/<int:pk>/candidates/", groups.group_candidates, name="group_candidates"),
    path("groups/<int:pk>/members/", groups.group_join, name="group_join"),
    path("members/<int:pk>/remove/", groups.member_remove, name="member_remove"),
    path("courses/<int:pk>/groups/", groups.course_groups, name="course_groups"),
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

urlpatterns = [
    *register, *on_courses, *in_class, *on_paper, *requests, *made, *outlets, *together, *at_fairs, *outcomes,
    *following_up, *by_phone,
]  # fmt: skip
