"""Who may go where: the specification, one line per route. A route without a line fails the build.

For each route: the roles that may GET it, the roles that may POST to it, and whose row its key names.
A refused role gets 403 whatever the key; a stranger's key is 404; no page names another place.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from courses.models import Course, Curriculum, Session
from documents import circulars
from documents.models import Circular
from jobs.models import Job
from offices.models import Invitation, User
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from supervision.models import Visit
from supervision.part_one import PartOne
from tests import factories as make
from trainees.models import Enrolment, Trainee

S, P, D, A = Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT, Role.ADMINISTRATOR
ALL = {S, P, D, A}
BUSINESS = {S, P, D}
NOBODY: set[str] = set()
PDF = b"%PDF-1.7\n%%EOF\n"
NO_CELLS = '{"cells": []}'


PART_ONE = PartOne(
    school="", office="", course="ขนมไทย", curriculum="ขนมไทย", is_individual=False, hours=Decimal(8),
    starts_on=date(2026, 1, 16), ends_on=date(2026, 1, 17), instructor="", place="", subdistrict="", district="",
    enrolled=6, present=None,
).as_json()  # fmt: skip


@dataclass(frozen=True)
class Line:
    """Roles that may GET, roles that may POST, and what the route's key names (see KEYS)."""

    get: frozenset[str] | set[str] = frozenset()
    post: frozenset[str] | set[str] = frozenset()
    key: str = ""
    says: tuple[tuple[str, str], ...] | str = ()  # what a POST must say to be understood at all; text is JSON


MATRIX: dict[str, Line] = {
    "home": Line(get=ALL),
    "help": Line(get=ALL),
    # offices
    "offices:me": Line(get=ALL, post=ALL),
    "offices:accounts": Line(get={P, D, A}),
    "offices:account": Line(get={P, D, A}, key="account"),
    "offices:close_account": Line(get={P, D, A}, post={P, D, A}, key="account"),
    "offices:reopen_account": Line(post={P, D, A}, key="account"),
    "offices:reset_account": Line(get={P, D, A}, post={P, D, A}, key="account"),
    "offices:hand_over_account": Line(get={P, D, A}, post={P, D, A}, key="account"),
    "offices:invitations": Line(get={P, D, A}),
    "offices:invite": Line(get={P, D, A}, post={P, D, A}),
    "offices:reissue_invitation": Line(post={P, D, A}, key="invitation"),
    "offices:revoke_invitation": Line(post={P, D, A}, key="invitation"),
    "offices:schools": Line(get={P, D, A}),
    "offices:school": Line(get={P, D, A}, key="school"),
    "offices:new_school": Line(get={D, A}, post={D, A}),
    "offices:move_school": Line(get={D, A}, post={D, A}, key="school"),
    "offices:close_school": Line(get={D, A}, post={D, A}, key="school"),
    "offices:reopen_school": Line(post={D, A}, key="school"),
    "offices:years": Line(get=ALL),
    "offices:year": Line(get=ALL, key="year"),
    "offices:edit_year": Line(get={D}, post={D}, key="year"),
    "offices:next_year": Line(post={D}),
    "offices:choose_year": Line(post=ALL),
    "offices:disclosures": Line(get=BUSINESS),
    "offices:holidays": Line(get=ALL),
    "offices:holiday_add": Line(post={D}),
    "offices:holiday_edit": Line(get={D}, post={D}, key="holiday"),
    "offices:holiday_bin": Line(post={D}, key="holiday"),
    "offices:holiday_restore": Line(post={D}, key="binned_holiday"),
    "offices:signers": Line(get=BUSINESS),
    "offices:new_signer": Line(get=BUSINESS, post=BUSINESS),
    "offices:signer_bin": Line(get=BUSINESS),
    "offices:edit_signer": Line(get=BUSINESS, post=BUSINESS, key="signer"),
    "offices:end_signer": Line(get=BUSINESS, post=BUSINESS, key="signer"),
    "offices:bin_signer": Line(post=BUSINESS, key="signer"),
    "offices:restore_signer": Line(post=BUSINESS, key="binned_signer"),
    "offices:numbers": Line(get=BUSINESS),
    "offices:set_number": Line(get=BUSINESS, post=BUSINESS, key="number_kind"),
    "offices:take_number": Line(get=BUSINESS, post=BUSINESS, key="number_kind"),
    # documents
    "documents:invitations": Line(get={P, D, A}, post={P, D, A}),
    "documents:invitations_template": Line(get={P, D, A}, key="sheet"),
    "documents:confirm_invitations": Line(post={P, D, A}),
    "documents:invitations_result": Line(post={P, D, A}),
    "documents:signers_export": Line(post=BUSINESS, key="ending"),
    "documents:numbers_export": Line(post=BUSINESS, key="ending"),
    "documents:accounts_export": Line(post={P, D, A}, key="ending"),
    "documents:invitations_export": Line(post={P, D, A}, key="ending"),
    "documents:schools_export": Line(post={P, D, A}, key="ending"),
    "documents:years_export": Line(post=ALL, key="ending"),
    "documents:holidays_export": Line(post=ALL, key="ending"),
    "documents:disclosures_export": Line(post=BUSINESS, key="ending"),
    "documents:circulars": Line(get=BUSINESS),
    "documents:circulars_export": Line(post=BUSINESS, key="ending"),
    "documents:circular_new": Line(get={D}, post={D}),
    "documents:circular_bin_list": Line(get={D}),
    "documents:circular": Line(get=BUSINESS, key="circular"),
    "documents:circular_paper": Line(get=BUSINESS, key="circular"),
    "documents:circular_file": Line(get=BUSINESS, key="enclosure"),
    "documents:circular_acknowledge": Line(post={S}, key="circular"),
    "documents:circular_pass_on": Line(get={P}, post={P}, key="circular"),
    "documents:circular_recipients": Line(get={P, D}, key="circular"),
    "documents:circular_recipients_export": Line(post={P, D}, key="circular_as_file"),
    "documents:circular_remind": Line(post={P, D}, key="circular"),
    "documents:circular_edit": Line(get={D}, post={D}, key="draft_circular"),
    "documents:circular_enclose": Line(post={D}, key="draft_circular"),
    "documents:circular_take_out": Line(post={D}, key="draft_enclosure"),
    "documents:circular_send": Line(get={D}, post={D}, key="draft_circular"),
    "documents:circular_correct": Line(post={D}, key="circular"),
    "documents:circular_withdraw": Line(get={D}, post={D}, key="circular"),
    "documents:circular_bin": Line(post={D}, key="draft_circular"),
    "documents:circular_restore": Line(post={D}, key="binned_circular"),
    # jobs
    "jobs:list": Line(get=BUSINESS),
    "jobs:detail": Line(get=BUSINESS, key="job"),
    "jobs:cancel": Line(post=BUSINESS, key="job"),
    "jobs:retry": Line(post=BUSINESS, key="failed_job"),
    "jobs:download": Line(get=BUSINESS, key="job_without_result"),
    # courses
    "courses:list": Line(get=BUSINESS),
    "courses:board": Line(get=BUSINESS),
    "courses:export": Line(post=BUSINESS, key="ending"),
    "courses:create": Line(get={S}, post={S}),
    "courses:copy_last": Line(get={S}),
    "courses:classify": Line(get={S}),
    "courses:subdistricts": Line(get={S}),
    "courses:bin_list": Line(get={S}),
    "courses:detail": Line(get=BUSINESS, key="course"),
    "courses:history": Line(get=BUSINESS, key="course"),
    "courses:edit": Line(get={S}, post={S}, key="course"),
    "courses:copy": Line(get={S}, key="course"),
    "courses:move": Line(get={S}, post={S}, key="course"),
    "courses:bin": Line(post={S}, key="course"),
    "courses:restore": Line(post={S}, key="binned_course"),
    "courses:sessions": Line(get=BUSINESS, key="course"),
    "courses:session_plan": Line(post={S}, key="course"),
    "courses:session_add": Line(get={S}, post={S}, key="course"),
    "courses:session_edit": Line(get={S}, post={S}, key="session"),
    "courses:session_remove": Line(post={S}, key="session"),
    "courses:photos": Line(get=BUSINESS, key="course"),
    "courses:photo_add": Line(get={S}, post={S}, key="course"),
    "courses:photo": Line(get=BUSINESS, key="picture"),
    "courses:photo_edit": Line(get={S}, post={S}, key="photo"),
    "courses:photo_bin": Line(post={S}, key="photo"),
    "courses:photo_restore": Line(post={S}, key="binned_photo"),
    "courses:curricula": Line(get=BUSINESS),
    "courses:curriculum_export": Line(post=BUSINESS, key="ending"),
    "courses:curriculum": Line(get=BUSINESS, key="curriculum"),
    "courses:curriculum_copy": Line(get={S}, key="curriculum"),
    "courses:curriculum_create": Line(get={S}, post={S}),
    "courses:curriculum_edit": Line(get={S}, post={S}, key="curriculum"),
    "courses:curriculum_bin": Line(post={S}, key="curriculum"),
    "courses:curriculum_restore": Line(post={S}, key="binned_curriculum"),
    "courses:partners": Line(get=BUSINESS),
    "courses:partner_export": Line(post=BUSINESS, key="ending"),
    "courses:partner_create": Line(get=BUSINESS, post=BUSINESS),
    "courses:partner_bin_list": Line(get=BUSINESS),
    "courses:partner": Line(get=BUSINESS, key="partner"),
    "courses:partner_edit": Line(get=BUSINESS, post=BUSINESS, key="partner"),
    "courses:partner_bin": Line(post=BUSINESS, key="partner"),
    "courses:partner_restore": Line(post=BUSINESS, key="binned_partner"),
    "courses:course_partners": Line(get=BUSINESS, key="course"),
    "courses:course_partner_add": Line(get={S}, post={S}, key="course"),
    "courses:course_partner_edit": Line(get={S}, post={S}, key="course_partner"),
    "courses:course_partner_evidence": Line(get=BUSINESS, key="course_partner"),
    "courses:course_partner_bin": Line(post={S}, key="course_partner"),
    "courses:course_partner_restore": Line(post={S}, key="binned_course_partner"),
    "courses:co_designer_add": Line(get={S}, post={S}, key="curriculum"),
    "courses:co_designer_edit": Line(get={S}, post={S}, key="co_designer"),
    "courses:co_designer_bin": Line(post={S}, key="co_designer"),
    "courses:co_designer_restore": Line(post={S}, key="binned_co_designer"),
    "courses:fairs": Line(get=BUSINESS),
    "courses:fair_export": Line(post=BUSINESS, key="ending"),
    "courses:fair_create": Line(get={P, D}, post={P, D}),
    "courses:fair_subdistricts": Line(get={P, D}),
    "courses:fair": Line(get=BUSINESS, key="any_fair"),
    "courses:fair_edit": Line(get={P, D}, post={P, D}, key="own_fair"),
    "courses:fair_move": Line(get={P, D}, post={P, D}, key="own_fair"),
    "courses:fair_join": Line(post=BUSINESS, key="any_fair"),
    "courses:fair_leave": Line(post=BUSINESS, key="joined_fair"),
    "courses:fair_part": Line(get=BUSINESS, post=BUSINESS, key="joined_fair"),
    "courses:fair_parts_export": Line(post=BUSINESS, key="fair_file"),
    # money
    "money:overview": Line(get=BUSINESS),
    "money:province": Line(get={P, D}, key="province"),
    "money:school": Line(get=BUSINESS, key="school"),
    "money:course": Line(get=BUSINESS, key="course"),
    "money:export": Line(post=BUSINESS, key="money_file"),
    "money:allocations": Line(get=BUSINESS),
    "money:allocate": Line(get={P, D}, post={P, D}),
    "money:allocate_sum": Line(post={P, D}),
    "money:receive": Line(get={D}, post={D}),
    "money:carry_over": Line(get=BUSINESS, post=BUSINESS),
    "money:allocation": Line(get=BUSINESS, key="allocation"),
    "money:allocation_edit": Line(get=BUSINESS, post=BUSINESS, key="kept_allocation"),
    "money:give_back": Line(get=BUSINESS, post=BUSINESS, key="allocation"),
    "money:allocation_cancel": Line(get=BUSINESS, post=BUSINESS, key="kept_allocation"),
    "money:allocation_restore": Line(post=BUSINESS, key="kept_allocation"),
    "money:fair": Line(get=BUSINESS, key="any_fair"),
    "money:spending_list": Line(get=BUSINESS),
    "money:spend": Line(get=BUSINESS, post=BUSINESS, key="money_kind"),
    "money:spending": Line(get=BUSINESS, key="spending"),
    "money:clear": Line(get=BUSINESS, post=BUSINESS, key="commitment"),
    "money:release": Line(get=BUSINESS, post=BUSINESS, key="commitment"),
    "money:spending_edit": Line(get=BUSINESS, post=BUSINESS, key="spending"),
    "money:spending_cancel": Line(get=BUSINESS, post=BUSINESS, key="spending"),
    "money:spending_restore": Line(post=BUSINESS, key="spending"),
    "money:names": Line(get=BUSINESS),
    "money:fill_names": Line(post={D}),
    "money:name_export": Line(post=BUSINESS, key="ending"),
    "money:name_add": Line(get={D}, post={D}, key="money_names"),
    "money:name_edit": Line(get={D}, post={D}, key="money_name"),
    "money:name_remove": Line(post={D}, key="money_name"),
    "courses:projects": Line(get=BUSINESS),
    "courses:project_create": Line(get={S}, post={S}),
    "courses:project_export": Line(post=BUSINESS, says=(("format", "xlsx"),)),
    "courses:project": Line(get=BUSINESS, key="project"),
    "courses:project_edit": Line(get={S}, post={S}, key="project"),
    "courses:project_copy": Line(get={S}, key="project"),
    "courses:project_bin": Line(post={S}, key="project"),
    "courses:project_restore": Line(post={S}, key="binned_project"),
    "courses:teachings": Line(get=BUSINESS, key="course"),
    "courses:teaching_add": Line(post={S}, key="course"),
    "courses:teaching_edit": Line(get={S}, post={S}, key="teaching"),
    "courses:teaching_bin": Line(post={S}, key="teaching"),
    "courses:teaching_restore": Line(post={S}, key="binned_teaching"),
    "courses:instructors": Line(get=BUSINESS),
    "courses:instructor_create": Line(get={S}, post={S}),
    "courses:instructor_export": Line(post=BUSINESS, says=(("format", "xlsx"),)),
    "courses:instructor": Line(get=BUSINESS, key="instructor"),
    "courses:instructor_edit": Line(get={S}, post={S}, key="instructor"),
    "courses:instructor_reveal": Line(post={S}, key="instructor"),
    "courses:instructor_erase": Line(get={S}, post={S}, key="instructor"),
    "courses:instructor_bin": Line(post={S}, key="instructor"),
    "courses:instructor_restore": Line(post={S}, key="binned_instructor"),
    "courses:surveys": Line(get=BUSINESS),
    "courses:survey_export": Line(post=BUSINESS, key="ending"),
    "courses:survey_create": Line(get={S}, post={S}),
    "courses:survey": Line(get=BUSINESS, key="survey"),
    "courses:survey_edit": Line(get={S}, post={S}, key="survey"),
    "courses:survey_code": Line(get={S}, key="survey"),
    "courses:survey_contacts": Line(post={S}, key="survey"),
    "courses:survey_forget_contacts": Line(post={S}, key="survey"),
    "courses:survey_bin": Line(post={S}, key="survey"),
    "courses:survey_restore": Line(post={S}, key="binned_survey"),
    "courses:answers": Line(get=BUSINESS, key="survey"),
    "courses:answer_add": Line(get={S}, post={S}, key="survey"),
    "courses:answer_export": Line(post=BUSINESS, key="survey", says=(("format", "csv"),)),
    "courses:answer_edit": Line(get={S}, post={S}, key="answer"),
    "courses:answer_bin": Line(post={S}, key="answer"),
    "courses:answer_restore": Line(post={S}, key="binned_answer"),
    # trainees
    "trainees:list": Line(get=BUSINESS),
    "trainees:find": Line(post=BUSINESS),
    "trainees:export": Line(post=BUSINESS, says=(("format", "xlsx"),)),
    "trainees:create": Line(get={S}, post={S}),
    "trainees:derived": Line(post={S}),
    "trainees:notice": Line(get=BUSINESS),
    "trainees:bin_list": Line(get={S}),
    "trainees:detail": Line(get=BUSINESS, key="trainee"),
    "trainees:edit": Line(get={S}, post={S}, key="trainee"),
    "trainees:mend_id": Line(get={S}, post={S}, key="trainee"),
    "trainees:reveal": Line(post={S}, key="trainee"),
    "trainees:erase": Line(get={S}, post={S}, key="trainee"),
    "trainees:bin": Line(post={S}, key="trainee"),
    "trainees:restore": Line(post={S}, key="binned_trainee"),
    "trainees:roster": Line(get=BUSINESS, key="course"),
    "trainees:candidates": Line(post={S}, key="course"),
    "trainees:enrol": Line(post={S}, key="course"),
    "trainees:mark_came": Line(get={S}, post={S}, key="course"),
    "trainees:course_open": Line(get={S}, post={S}, key="course"),
    "trainees:waiver_ask": Line(post={S}, key="course"),
    "trainees:enrolment_edit": Line(get={S}, post={S}, key="enrolment"),
    "trainees:withdraw": Line(get={S}, post={S}, key="enrolment"),
    "trainees:take_back": Line(post={S}, key="enrolment"),
    "trainees:enrolment_remove": Line(post={S}, key="enrolment"),
    "trainees:enrolment_restore": Line(post={S}, key="binned_enrolment"),
    "trainees:unmark_came": Line(post={S}, key="enrolment"),
    "trainees:waivers": Line(get=BUSINESS),
    "trainees:waiver_export": Line(post=BUSINESS, key="ending"),
    "trainees:waiver_decide": Line(get={P, D}, post={P, D}, key="waiver"),
    "trainees:attendance": Line(get=BUSINESS, key="course"),
    "trainees:attendance_save": Line(post={S}, key="course"),
    "trainees:attendance_cells": Line(post={S}, key="course", says=NO_CELLS),
    "trainees:results": Line(get=BUSINESS, key="course"),
    "trainees:results_save": Line(post={S}, key="course"),
    "trainees:results_cells": Line(post={S}, key="course", says=NO_CELLS),
    "trainees:papers": Line(get=BUSINESS, key="course"),
    "trainees:paper": Line(get=BUSINESS, key="paper"),
    "trainees:paper_in_full": Line(get={S}, post={S}, key="paper"),
    "trainees:products": Line(get=BUSINESS),
    "trainees:product_export": Line(post=BUSINESS, says=(("format", "xlsx"),)),
    "trainees:product_create": Line(get={S}, post={S}),
    "trainees:product_bin_list": Line(get={S}),
    "trainees:product": Line(get=BUSINESS, key="product"),
    "trainees:product_edit": Line(get={S}, post={S}, key="product"),
    "trainees:product_bin": Line(post={S}, key="product"),
    "trainees:product_restore": Line(post={S}, key="binned_product"),
    "trainees:product_makers": Line(get={S}, post={S}, key="product"),
    "trainees:maker_candidates": Line(post={S}, key="product"),
    "trainees:maker_remove": Line(post={S}, key="maker"),
    "trainees:product_assess": Line(get={S}, post={S}, key="product"),
    "trainees:assessment_take_back": Line(get={S}, post={S}, key="assessment"),
    "trainees:assessment_restore": Line(post={S}, key="binned_assessment"),
    "trainees:standard_paper_add": Line(get={S}, post={S}, key="product"),
    "trainees:standard_paper": Line(get=BUSINESS, key="standard_paper"),
    "trainees:standard_paper_bin": Line(post={S}, key="standard_paper"),
    "trainees:standard_paper_restore": Line(post={S}, key="binned_standard_paper"),
    "trainees:product_photos": Line(get=BUSINESS, key="product"),
    "trainees:product_photo_add": Line(get={S}, post={S}, key="product"),
    "trainees:product_photo": Line(get=BUSINESS, key="product_picture"),
    "trainees:product_photo_edit": Line(get={S}, post={S}, key="product_photo"),
    "trainees:product_photo_bin": Line(post={S}, key="product_photo"),
    "trainees:product_photo_restore": Line(post={S}, key="binned_product_photo"),
    "trainees:course_products": Line(get=BUSINESS, key="course"),
    # channels, groups
    "trainees:channel_list": Line(get=BUSINESS),
    "trainees:channel_export": Line(post=BUSINESS, key="ending"),
    "trainees:channel_create": Line(get={S}, post={S}),
    "trainees:channel_bin_list": Line(get={S}),
    "trainees:channel_detail": Line(get=BUSINESS, key="channel"),
    "trainees:channel_edit": Line(get={S}, post={S}, key="channel"),
    "trainees:channel_bin": Line(post={S}, key="channel"),
    "trainees:channel_restore": Line(post={S}, key="binned_channel"),
    "trainees:channel_offer": Line(post={S}, key="channel"),
    "trainees:channel_sales": Line(post={S}, key="channel_and_year"),
    "trainees:channel_sales_cells": Line(post={S}, key="channel_and_year", says=NO_CELLS),
    "trainees:offer_remove": Line(post={S}, key="offer"),
    "trainees:course_channels": Line(get=BUSINESS, key="course"),
    "trainees:publicity_list": Line(get=BUSINESS),
    "trainees:publicity_export": Line(post=BUSINESS, key="ending"),
    "trainees:publicity_create": Line(get={S}, post={S}),
    "trainees:publicity_bin_list": Line(get={S}),
    "trainees:publicity_detail": Line(get=BUSINESS, key="publicity"),
    "trainees:publicity_edit": Line(get={S}, post={S}, key="publicity"),
    "trainees:publicity_bin": Line(post={S}, key="publicity"),
    "trainees:publicity_restore": Line(post={S}, key="binned_publicity"),
    "trainees:group_list": Line(get=BUSINESS),
    "trainees:group_export": Line(post=BUSINESS, key="ending"),
    "trainees:group_create": Line(get={S}, post={S}),
    "trainees:group_bin_list": Line(get={S}),
    "trainees:group_detail": Line(get=BUSINESS, key="group"),
    "trainees:group_edit": Line(get={S}, post={S}, key="group"),
    "trainees:group_bin": Line(post={S}, key="group"),
    "trainees:group_restore": Line(post={S}, key="binned_group"),
    "trainees:group_candidates": Line(post={S}, key="group"),
    "trainees:group_join": Line(post={S}, key="group"),
    "trainees:member_remove": Line(post={S}, key="member"),
    "trainees:course_groups": Line(get=BUSINESS, key="course"),
    "trainees:fair_shows": Line(get=BUSINESS, key="any_fair"),
    "trainees:shows_export": Line(post=BUSINESS, key="fair_file"),
    "trainees:exhibit_add": Line(get={S}, post={S}, key="any_fair"),
    "trainees:exhibit_edit": Line(get={S}, post={S}, key="exhibit"),
    "trainees:exhibit_remove": Line(post={S}, key="exhibit"),
    "trainees:contest_add": Line(get={S}, post={S}, key="any_fair"),
    "trainees:contest_people": Line(get={S}),
    "trainees:contest_edit": Line(get={S}, post={S}, key="contest_entry"),
    "trainees:contest_remove": Line(post={S}, key="contest_entry"),
    "trainees:satisfaction": Line(get=BUSINESS, key="course"),
    "trainees:satisfaction_save": Line(post={S}, key="course"),
    "trainees:satisfaction_cells": Line(post={S}, key="course", says=NO_CELLS),
    "trainees:satisfaction_codes": Line(get={S}, key="course"),
    "trainees:satisfaction_answer": Line(get={S}, post={S}, key="enrolment"),
    "trainees:satisfaction_remove": Line(post={S}, key="enrolment"),
    "trainees:satisfaction_list": Line(get=BUSINESS),
    "trainees:satisfaction_export": Line(post=BUSINESS, says=(("format", "xlsx"),)),
    "trainees:follow_up_list": Line(get=BUSINESS),
    "trainees:follow_up_export": Line(post=BUSINESS, says=(("format", "xlsx"),)),
    "trainees:course_follow_up": Line(get=BUSINESS, key="course"),
    "trainees:follow_up_begin": Line(get={S}, key="wave_of_course"),
    "trainees:follow_up_codes": Line(get={S}, key="wave_of_course"),
    "trainees:follow_up": Line(get={S}, post={S}, key="wave_of_person"),
    "trainees:follow_up_remove": Line(post={S}, key="wave_of_person"),
    # supervision
    "supervision:list": Line(get=BUSINESS),
    "supervision:export": Line(post=BUSINESS, key="ending"),
    "supervision:course": Line(get=BUSINESS, key="course"),
    "supervision:begin": Line(get={P, D}, post={P, D}, key="course"),
    "supervision:propose": Line(post={S}, key="course"),
    "supervision:withdraw_proposal": Line(post={S}, key="proposal"),
    "supervision:detail": Line(get=BUSINESS, key="submitted_visit"),
    "supervision:money": Line(get={P, D}, key="submitted_visit"),
    "supervision:spend": Line(get={P, D}, post={P, D}, key="visit_and_kind"),
    "supervision:put_spending": Line(post={P, D}, key="visit"),
    "supervision:take_off_spending": Line(post={P, D}, key="visit_spending"),
    "supervision:paper": Line(get=BUSINESS, key="submitted_visit"),
    "supervision:empty_paper": Line(get=BUSINESS),
    "supervision:edit": Line(get={P, D}, post={P, D}, key="visit"),
    "supervision:autosave": Line(post={P, D}, key="visit"),
    "supervision:correct": Line(get={P, D}, post={P, D}, key="submitted_visit"),
    "supervision:discard": Line(post={P, D}, key="visit"),
    "supervision:restore": Line(post={P, D}, key="binned_visit"),
    # reports
    "reports:indicators": Line(get=BUSINESS),
    "reports:overview": Line(get=BUSINESS),
    "reports:chart_export": Line(post=BUSINESS, key="chart"),
    "reports:evidence": Line(get=BUSINESS),
    "reports:evidence_export": Line(post=BUSINESS, says=(("format", "xlsx"),)),
    "reports:list": Line(get=BUSINESS),
    "reports:compile": Line(post=BUSINESS),
    "reports:targets": Line(get=BUSINESS),
    "reports:targets_save": Line(post={D}),
    "reports:targets_export": Line(post=BUSINESS, key="ending"),
    "reports:targets_template": Line(get={D}, key="sheet"),
    "reports:targets_upload": Line(post={D}),
}

# Open to whoever holds a signed link (offices/links.py); the tests of each walk it.
BY_LINK = {"courses:survey_answer", "trainees:satisfaction_form", "trainees:follow_up_form"}

# Open without signing in, or concerning one's own sign-in only: each has tests of its own.
OPEN = {"healthz", "readyz", "set_language", "gallery", "offices:accept_invitation", *BY_LINK}
OWN_TESTS = ("admin:", "account_", "mfa_")

OF_PRODUCTS = {"product", "maker", "assessment", "standard_paper", "product_photo", "product_picture"}

# Keys of rows that belong to places, hence have strangers.
PLACED = {line.key for line in MATRIX.values()} - {"", "year", "sheet", "ending", "any_fair", "fair_file", "chart"}
PLACED -= {"money_file", "money_kind", "money_names", "money_name", "holiday", "binned_holiday", "number_kind"}


def walk(resolver: URLResolver, prefix: str = "") -> dict[str, URLPattern]:
    found = {}
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found |= walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        else:
            found[f"{prefix}{entry.name}"] = entry
    return found


ROUTES = {
    name: route
    for name, route in walk(get_resolver()).items()
    if name not in OPEN and not name.startswith(OWN_TESTS)
}


def side_of(world, role: str, *, ours: bool):
    """Whose rows a role meets as its own; what the department looks after itself is the attached school's."""
    if not ours:
        return world.theirs
    return world.attached if role == D else world.ours


def job_of(user, **facts) -> Job:
    return Job.objects.create(
        kind="reports.tasks.compile_consolidated", title="รายงาน", requested_by=user, role=user.role,
        school=user.school, province=user.province, queued_at=timezone.now(), **facts,
    )  # fmt: skip


def invitation_for(world, role: str, school) -> Invitation:
    return Invitation.objects.create(
        role=S, school=school, username=f"new-{school.pk}", name="คนใหม่", token_hash=f"{school.pk}",
        invited_by=world.users[role], expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip


def with_pictures(photo):
    """A row with its two pictures on the disk."""
    for name in (photo.file.name, photo.small_name):
        photo.file.storage.save(name, ContentFile(b"picture"))
    return photo


def product_row(side, user, key: str):
    """A product of that school's course, or something of it."""
    product = make.ProductFactory(course=side.course)
    match key.removeprefix("binned_"):
        case "product":
            return product
        case "maker":
            return make.MakerFactory(product=product, enrolment=side.enrolment)
        case "assessment":
            year = side.course.fiscal_year
            facts = {"is_met": True, "entered_by": user, "taken_back_because": "ผิดรายการ"}
            return make.AssessmentFactory(product=product, fiscal_year=year, **facts)
        case "standard_paper":
            paper = make.StandardPaperFactory(product=product, added_by=user)
            paper.file.storage.save(paper.file.name, ContentFile(b"paper"))
            return paper
        case _:
            return with_pictures(make.ProductPhotoFactory(product=product, added_by=user))


def partner_row_of(world, side, key: str):
    """A partner of that side's register, what it does in the side's course, or for its curriculum."""
    partner = make.PartnerFactory(province=side.province)
    if key.endswith("course_partner"):
        row = make.CoursePartnerFactory(course=side.course, partner=partner, evidence_name="หนังสือ.pdf")
        row.evidence.save("evidence", ContentFile(b"%PDF-"))
    elif key.endswith("co_designer"):
        row = make.CoDesignerFactory(curriculum=side.curriculum, partner=partner)
    else:
        row = partner
    return thrown_away(row) if key.startswith("binned_") else row


def fair_of(world, role: str, side, key: str):
    """A planned fair: of the role's own office, or one that it, or the school of that side, has joined."""
    if key != "joined_fair":
        organiser = side.province if key == "own_fair" and role != D else None
        return make.FairFactory(fiscal_year=world.year, status="planned", organiser=organiser)
    fair = make.FairFactory(fiscal_year=world.year, status="planned")
    place = {S: {"school": side.school}, P: {"province": side.province}}.get(role, {})
    make.FairPartFactory(fair=fair, **place)
    return fair


def show_of(world, side, key: str):
    """What that side's school shows at a fair which it has joined."""
    fair = make.FairFactory(fiscal_year=world.year)
    make.FairPartFactory(fair=fair, school=side.school)
    if key == "exhibit":
        return make.ExhibitFactory(fair=fair, course=side.course)
    return make.ContestEntryFactory(fair=fair, enrolment=side.enrolment)


def signer_of(role: str, side, key: str):
    """A signer of the role's own office, or of the same kind of office on their side."""
    place = {S: {"school": side.school}, P: {"province": side.province}}.get(role, {})
    signer = make.SignerFactory(**place)
    return thrown_away(signer) if key == "binned_signer" else signer


def circular_of(world, side, key: str):
    """A circular that went to that side's province and school alone, a draft, or an enclosure of one of them."""
    officer = world.users[D]
    facts = {} if key.startswith(("draft", "binned")) else {"sent_by": officer, "sent_at": timezone.now()}
    circular = make.CircularFactory(made_by=officer)
    enclosure = circulars.enclose(circular=circular, file=BytesIO(PDF), name="แนบ.pdf", by=officer)
    if facts:
        Circular.objects.visible_to(officer).filter(pk=circular.pk).update(status="sent", **facts)
        if side.province:
            make.DeliveryFactory(circular=circular, province=side.province, sent_by=officer)
        make.DeliveryFactory(circular=circular, school=side.school, passed_on_by=side.province, sent_by=officer)
    if key == "binned_circular":
        return thrown_away(circular)
    return enclosure if key.endswith("enclosure") else circular


def visit_of(side, user, key: str) -> Visit:
    """A form PT.11: a draft of the office above that school, or one that it has submitted or thrown away."""
    facts = {"course": side.course, "created_by": user, "office": side.province}
    if key == "submitted_visit":
        facts |= {"status": "submitted", "submitted_by": user, "submitted_at": timezone.now()}
        facts |= {"part_one": PART_ONE | {"school": side.school.name}}
    visit = make.VisitFactory(**facts)
    return thrown_away(visit) if key == "binned_visit" else visit


def thrown_away(row):
    row.binned_at = timezone.now()
    row.save()
    return row


MADE = {"channel": make.ChannelFactory, "publicity": make.PublicityFactory, "group": make.GroupFactory}


def made(side, key: str):
    """A row that hangs on a school, or on a channel or a group of it."""
    match key:
        case "offer":
            product = make.ProductFactory(course=side.course)
            return make.OfferFactory(channel=make.ChannelFactory(school=side.school), product=product)
        case "member":
            return make.MemberFactory(group=make.GroupFactory(school=side.school), enrolment=side.enrolment)
        case _:
            return MADE[key](school=side.school)


def allocation_of(world, side, role: str, *, kept: bool):
    """Money of the side's school, given from above; `kept` by a school itself is what it carried over the year."""
    facts = {"source": "province", "giver": side.province} if side.province else {"source": "department"}
    if kept and role == S:
        facts = {"source": "carried"}
    return make.AllocationFactory(
        budget_line=make.BudgetLineFactory(fiscal_year=world.year), school=side.school, **facts
    )


def spending_of(world, side, role: str, key: str):
    """A row of the role's own kind of office."""
    office = {S: {"school": side.school}, P: {"province": side.province}, D: {}}.get(role, {})
    kind = make.ExpenseClassFactory(fiscal_year=world.year)
    return make.SpendingFactory(
        budget_line=make.BudgetLineFactory(fiscal_year=world.year),
        expense_line=make.ExpenseLineFactory(expense_class=kind),
        kind="commitment" if key == "commitment" else "payment",
        **office,
    )


def kwargs_for(world, role: str, key: str, *, ours: bool = True) -> dict:
    """The route's arguments, naming a row of our side or of theirs, which is made ready for the act."""
    side = side_of(world, role, ours=ours)
    somebody = world.users[role] if ours else world.strangers[S]
    match key:
        case "":
            return {}
        case "year":
            return {"pk": world.year.pk}
        case "holiday" | "binned_holiday":
            holiday = make.HolidayFactory()
            return {"pk": (thrown_away(holiday) if key == "binned_holiday" else holiday).pk}
        case "sheet":
            return {"kind": "xlsx"}
        case "province":
            return {"pk": (side.province or world.our_province).pk}
        case "money_file":
            return {"what": "spending", "ending": "xlsx"}
        case "money_kind":
            return {"kind": "payment"}
        case "money_names":
            return {"kind": "lines"}
        case "money_name":
            return {"kind": "lines", "pk": make.BudgetLineFactory(fiscal_year=world.year).pk}
        case "allocation" | "kept_allocation":
            return {"pk": allocation_of(world, side, role, kept=key == "kept_allocation").pk}
        case "spending" | "commitment":
            return {"pk": spending_of(world, side, role, key).pk}
        case "ending":
            return {"ending": "xlsx"}
        case "chart":
            return {"dimension": "month", "ending": "xlsx"}
        case "account":
            return {"pk": User.objects.get(school=side.school).pk}
        case "invitation":
            return {"pk": invitation_for(world, A, side.school).pk}
        case "school":
            return {"pk": side.school.pk}
        case "photo" | "binned_photo" | "picture":
            photo = with_pictures(make.CoursePhotoFactory(course=side.course, added_by=somebody))
            if key == "binned_photo":
                thrown_away(photo)
            return {"pk": photo.pk} | ({"size": "small"} if key == "picture" else {})
        case "job":
            return {"pk": job_of(somebody).pk}
        case "failed_job" | "job_without_result":
            return {"pk": job_of(somebody, status="failed", finished_at=timezone.now()).pk}
        case "partner" | "binned_partner" | "course_partner" | "co_designer":
            return {"pk": partner_row_of(world, side, key).pk}
        case "binned_course_partner" | "binned_co_designer":
            return {"pk": partner_row_of(world, side, key).pk}
        case "exhibit" | "contest_entry":
            return {"pk": show_of(world, side, key).pk}
        case "any_fair" | "own_fair" | "joined_fair" | "fair_file":
            fair = fair_of(world, role, side, key)
            return {"pk": fair.pk} | ({"ending": "xlsx"} if key == "fair_file" else {})
        case "signer" | "binned_signer":
            return {"pk": signer_of(role, side, key).pk}
        case "number_kind":
            return {"kind": "letter"}
        case "circular" | "draft_circular" | "binned_circular" | "enclosure" | "draft_enclosure":
            return {"pk": circular_of(world, side, key).pk}
        case "circular_as_file":
            return {"pk": circular_of(world, side, key).pk, "ending": "csv"}
        case "paper":
            return {"pk": side.course.pk, "number": 8}
        case "session":
            # Its hour is its own, for whoever asks for several sessions of one course.
            hour = 6 + Session.objects.visible_to(DEPARTMENT_EYES).filter(course=side.course).count()
            held = {"starts_at": time(hour), "ends_at": time(hour + 1), "hours": 1}
            return {"pk": make.SessionFactory(course=side.course, **held).pk}
        case "visit" | "submitted_visit" | "binned_visit":
            return {"pk": visit_of(side, somebody, key).pk}
        case "visit_and_kind":
            return {"pk": visit_of(side, somebody, "visit").pk, "kind": "payment"}
        case "visit_spending":
            money = spending_of(world, side, role, "payment")
            facts = {"visit": visit_of(side, somebody, "visit"), "spending": money, "added_by": somebody}
            return {"pk": make.VisitSpendingFactory(**facts).pk}
        case "proposal":
            return {"pk": make.ProposedItemFactory(course=side.course, proposed_by=somebody).pk}
        case about if about.removeprefix("binned_") in OF_PRODUCTS:
            row = product_row(side, somebody, key)
            if key.startswith("binned_"):
                thrown_away(row)
            return {"pk": row.pk} | ({"size": "small"} if key == "product_picture" else {})
        case "channel" | "publicity" | "group" | "offer" | "member":
            return {"pk": made(side, key).pk}
        case "binned_channel" | "binned_publicity" | "binned_group":
            return {"pk": thrown_away(made(side, key.removeprefix("binned_"))).pk}
        case "channel_and_year":
            return {"pk": made(side, "channel").pk, "year": world.year.pk}
        case "project" | "binned_project":
            project = make.ProjectFactory(school=side.school, fiscal_year=world.year)
            return {"pk": (thrown_away(project) if key == "binned_project" else project).pk}
        case "instructor" | "binned_instructor":
            instructor = make.InstructorFactory(school=side.school)
            return {"pk": (thrown_away(instructor) if key == "binned_instructor" else instructor).pk}
        case "teaching" | "binned_teaching":
            row = make.TeachingFactory(course=side.course, instructor=make.InstructorFactory(school=side.school))
            return {"pk": (thrown_away(row) if key == "binned_teaching" else row).pk}
        case "survey" | "binned_survey" | "answer" | "binned_answer":
            survey = make.SurveyFactory(school=side.school, fiscal_year=world.year)
            row = make.AnswerFactory(survey=survey) if key.endswith("answer") else survey
            return {"pk": (thrown_away(row) if key.startswith("binned_") else row).pk}
        case "wave_of_course":
            return {"pk": side.course.pk, "wave": 30}
        case "wave_of_person":
            make.who_passed(side.enrolment)
            return {"pk": side.enrolment.pk, "wave": 30}
        case binned if binned.startswith("binned_"):
            return {"pk": thrown_away(getattr(side, binned.removeprefix("binned_"))).pk}
        case attribute:
            return {"pk": getattr(side, attribute).pk}


def ask(world, role: str, name: str, method: str, *, ours: bool = True):
    """The answer to one request of a role, in a browser of its own."""
    client = Client()
    client.force_login(world.users[role])
    kwargs = kwargs_for(world, role, MATRIX[name].key, ours=ours)
    says = MATRIX[name].says
    if isinstance(says, str):
        return client.generic(method, reverse(name, kwargs=kwargs), says, content_type="application/json")
    return getattr(client, method)(reverse(name, kwargs=kwargs), dict(says))


def cases(of_role) -> list:
    """Each route with the roles and methods in question: a world is made once a route, and left as it was."""
    found = []
    for name, line in MATRIX.items():
        asked = [(r, m) for m in ("get", "post") for r in sorted(ALL) if of_role(line, m, r)]
        if asked:
            found.append(pytest.param(name, asked, id=name))
    return found


@contextmanager
def undone(name, role, method):
    """Whatever one request changes is as it was before the next; a failure says whose request it was."""
    with transaction.atomic():
        try:
            yield
        except AssertionError as fault:
            raise AssertionError(f"{method} {name} as {role}: {fault}") from fault
        finally:
            transaction.set_rollback(True)


def test_every_route_is_in_the_matrix_and_every_line_has_a_route():
    assert set(MATRIX) == set(ROUTES)


def test_every_route_declares_its_permission():
    assert [name for name, route in ROUTES.items() if not hasattr(route.callback, "requires")] == []


@pytest.mark.parametrize("name, asked", cases(lambda line, m, role: role in getattr(line, m)))
def test_who_may_does_not_meet_a_wall(world, name, asked):
    # A file that is not there yet is the one thing that one's own job may lack.
    expected = {404} if MATRIX[name].key == "job_without_result" else {200, 302}
    for role, method in asked:
        with undone(name, role, method):
            response = ask(world, role, name, method)
            if response.streaming:
                response.getvalue()  # reading to the end closes the file behind it
            assert response.status_code in expected


@pytest.mark.parametrize(
    "name, asked", cases(lambda line, m, role: getattr(line, m) and role not in getattr(line, m))
)
def test_who_may_not_is_refused_whoever_owns_the_row(world, name, asked):
    for role, method in asked:
        for ours in (True, False):
            with undone(name, role, method):
                assert ask(world, role, name, method, ours=ours).status_code == 403


@pytest.mark.parametrize("name, asked", cases(lambda line, m, role: not getattr(line, m)))
def test_a_method_that_a_route_does_not_offer_does_nothing(world, name, asked):
    for role, method in asked:
        with undone(name, role, method):
            assert ask(world, role, name, method).status_code in {403, 405}


@pytest.mark.parametrize(
    "name, asked",
    cases(
        lambda line, m, role: (
            role in getattr(line, m)
            and line.key in PLACED
            and (role in {S, P} or "job" in line.key or line.key == "waiver")
        )
    ),
)
def test_other_places_rows_do_not_exist(world, name, asked):
    for role, method in asked:
        with undone(name, role, method):
            before = everything(world)
            assert ask(world, role, name, method, ours=False).status_code == 404
            if not MATRIX[name].key.startswith(("binned_", "wave_of_person")):  # made ready for the act
                assert everything(world) == before


def everything(world) -> list:
    """All business rows as they are, to see that a refused act changed none."""
    models = (Curriculum, Course, Trainee, Enrolment)
    return [list(m.objects.visible_to(DEPARTMENT_EYES).order_by("pk").values()) for m in models]


@pytest.mark.parametrize("name, asked", cases(lambda line, m, role: m == "get" and role in line.get & {S, P}))
def test_no_page_shows_another_place(world, name, asked):
    theirs = [world.theirs.trainee.full_name, world.theirs.curriculum.title, world.strangers[S].name]
    for role, method in asked:
        with undone(name, role, method):
            response = ask(world, role, name, method)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            others = [world.their_school, world.attached_school, world.their_province]
            if role == S:
                others.append(world.sister_school)
            for words in (*(str(place) for place in others), *theirs):
                assert words not in content.decode("utf-8", "ignore"), words


def test_nobody_gets_in_without_signing_in(world, client):
    for name, line in MATRIX.items():
        if line.get:
            with undone(name, "nobody", "get"):
                response = client.get(reverse(name, kwargs=kwargs_for(world, S, line.key)))
                assert response.status_code == 302
                assert response["Location"].startswith(reverse("account_login"))
