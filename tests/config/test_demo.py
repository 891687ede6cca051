"""The demo: invented, the same every time, and bound by every rule that real rows are bound by."""

import time
from collections import Counter
from datetime import timedelta
from io import StringIO
from itertools import pairwise
from random import Random

import pghistory.models
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F, Q
from django.test import Client, override_settings

from config.demo import DEMO_YEAR, PASSWORD, SIGN_INS
from config.demo.accounts import Staff
from config.demo.calendar import STORY_DAY
from config.demo.drawings import KEPT, a_class
from config.demo.load import _rules as demo_rules
from config.demo.load import imagine
from config.demo.places import ATTACHED_CODE, LIVELY_PROVINCES, lively_schools
from courses.models import Course, CoursePhoto, Curriculum, Session
from courses.money.balance import added_up, balances
from courses.rules import classify, may_open
from documents.models import Circular, Delivery
from offices.models import District, FiscalYear, Membership, Province, School, Signer, User
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from offices.thai import national_id
from offices.thai.dates import fiscal_year_bounds
from offices.thai.order import sort_key
from supervision.models import Visit
from supervision.operations import refuse_day
from trainees.ages import age_band, age_on
from trainees.follow_up import IncomeBand, income_band, passed
from trainees.identity import person_key, read_number
from trainees.models import (
    Assessment,
    Attendance,
    Channel,
    ChannelKind,
    Enrolment,
    FollowUp,
    Group,
    Maker,
    Member,
    Product,
    ProductPhoto,
    Publicity,
    Result,
    Sale,
    Satisfaction,
    Trainee,
    Verdict,
    Waiver,
)
from trainees.models.facts import AgeBand, Education, Fact, Occupation, Sex
from trainees.passing import with_judgement
from trainees.products.standing import Standing, with_standing

CHEAP = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return tmp_path_factory.mktemp("files of the demo")


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, files):
    """The whole demo, made once for this module and undone after it."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(PASSWORD_HASHERS=CHEAP):
        began = time.monotonic()
        with override_settings(DEBUG=True, MEDIA_ROOT=files):
            call_command("seed_demo", stdout=StringIO())
        yield time.monotonic() - began
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def courses(demo):
    return list(Course.objects.visible_to(DEPARTMENT_EYES).select_related("course_type", "fiscal_year", "school"))


@pytest.fixture(scope="module")
def trainees(demo):
    return list(Trainee.objects.visible_to(DEPARTMENT_EYES))


@pytest.fixture(scope="module")
def enrolments(demo):
    return list(Enrolment.objects.visible_to(DEPARTMENT_EYES).select_related("course", "trainee"))


@pytest.fixture(scope="module")
def waivers(demo):
    return list(Waiver.objects.visible_to(DEPARTMENT_EYES).select_related("course"))


@pytest.fixture(scope="module")
def sheets(demo):
    found = {}
    for cell in Attendance.objects.visible_to(DEPARTMENT_EYES).select_related("session"):
        found.setdefault(cell.enrolment_id, []).append(cell)
    return found


def test_without_debug_there_is_no_demo(db, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("seed_demo")
    assert not User.objects.filter(is_demo=True).exists()


def test_every_province_and_district_is_an_office_and_one_school_has_no_province(demo):
    schools = School.objects.visible_to(DEPARTMENT_EYES)
    members = Membership.objects.visible_to(DEPARTMENT_EYES)
    assert Province.objects.count() == 77
    assert set(schools.filter(kind=School.Kind.DISTRICT).values_list("code", flat=True)) == {
        f"12{code}0000" for code in District.objects.values_list("code", flat=True)
    }
    assert members.count() == members.filter(province=F("school__district__province")).count() == 928
    assert not members.filter(school__code=ATTACHED_CODE).exists()
    assert schools.get(code="1250070000").name == "สกร.ระดับอำเภอแม่ริม"
    assert schools.get(code="1210010000").name == "สกร.ระดับเขตพระนคร"


def test_three_provinces_and_the_attached_school_are_full_of_life(demo, courses, enrolments):
    counted = [c for c in courses if c.fiscal_year_id == DEMO_YEAR]
    assert len(counted) >= 150
    assert sum(e.course.fiscal_year_id == DEMO_YEAR for e in enrolments) >= 2000
    assert {c.school.code[2:4] for c in courses if c.school.code != ATTACHED_CODE} == set(LIVELY_PROVINCES)
    assert sum(c.school.code == ATTACHED_CODE for c in counted) >= 10
    assert {c.starts_on.month for c in counted} == set(range(1, 13))


def test_every_state_type_purpose_and_way_of_learning_occurs(courses):
    assert {c.status for c in courses if c.fiscal_year_id == DEMO_YEAR} == set(Course.Status)
    assert {c.course_type.kind for c in courses} == {"short", "long"}
    assert {c.skill_purpose for c in courses} == set(Course.SkillPurpose)
    assert {c.learning_mode for c in courses} == set(Course.LearningMode)
    curricula = Curriculum.objects.visible_to(DEPARTMENT_EYES)
    assert set(curricula.values_list("trade_group", flat=True)) == set(Curriculum.TradeGroup)
    assert set(curricula.values_list("fit", flat=True)) == set(Curriculum.Fit)


def test_the_next_year_has_begun(demo, courses):
    begun = {c.status for c in courses if c.fiscal_year_id == DEMO_YEAR + 1}
    assert begun >= {Course.Status.DRAFT, Course.Status.APPROVED, Course.Status.OPEN, Course.Status.RUNNING}
    old, new = FiscalYear.objects.get(year=DEMO_YEAR), FiscalYear.objects.get(year=DEMO_YEAR + 1)
    assert [t.group_size for t in new.course_types.all()] == [t.group_size for t in old.course_types.all()]


def test_the_edges_of_the_year_are_there(courses):
    first, last = fiscal_year_bounds(DEMO_YEAR)
    counted = [c for c in courses if c.fiscal_year_id == DEMO_YEAR]
    assert any(c.starts_on == first for c in counted)
    assert any(c.ends_on == last for c in counted)
    assert any(c.starts_on <= last < c.ends_on and c.status == "running" for c in counted)
    assert any(c.starts_on > last for c in counted)  # paid by the old year, held in the new one


@pytest.mark.parametrize(
    ("column", "choices"),
    [("education", Education), ("occupation", Occupation), ("sex", Sex), ("document_kind", Trainee.Document)],
)
def test_every_value_of_every_list_occurs(trainees, column, choices):
    blank = set() if column == "document_kind" else {""}
    assert {getattr(person, column) for person in trainees} == {*choices.values} | blank


def test_every_group_age_and_way_of_knowing_it_occurs(trainees, enrolments):
    assert {fact for person in trainees for fact in person.facts} == set(Fact.values)
    assert {(p.birth_precision, p.birth_date is None) for p in trainees} == {
        ("day", False), ("year", False), ("day", True),
    }  # fmt: skip
    ages = [
        age_on(e.course.starts_on, e.trainee.birth_date, e.trainee.birth_precision)
        for e in enrolments
    ]  # fmt: skip
    assert {age_band(age) for age in ages} == {*AgeBand, None}


def test_names_exercise_titles_single_names_and_leading_vowels(trainees):
    titles = {person.title for person in trainees}
    assert titles >= {"นาย", "นาง", "นางสาว", "ด.ช.", "ด.ญ.", "พลฯ", "ว่าที่ ร.ต.", "พระ", "แม่ชี", ""}
    assert all(person.monastic_name for person in trainees if person.title == "พระ")  # his name in the order
    assert any(not person.surname for person in trainees)
    assert {person.first_name[0] for person in trainees} >= set("เแโใไญฐฤ")
    assert {person.surname[:4] for person in trainees} >= {"ป่าส", "ป้าส"}


def test_nobody_real_can_be_meant(trainees):
    for person in trainees:
        if person.document_kind == "national_id":
            assert national_id.is_valid(person.document_number)
            assert person.document_number.startswith("00000")
        elif person.document_kind == "none":
            assert person.no_document_reason
            assert person.document_number == ""
        else:
            assert read_number(person.document_kind, person.document_number).number == person.document_number
        assert person.person_key == person_key(person.document_kind, person.document_number)
        assert person.phone == "" or person.phone.startswith("010000")
        assert person.name_order == sort_key(person.sorting_name)


def test_some_people_are_known_to_two_schools_and_some_come_back(trainees, enrolments):
    schools = Counter(person.person_key for person in trainees if person.person_key)
    assert sum(count > 1 for count in schools.values()) >= 50
    courses = Counter(e.trainee_id for e in enrolments)
    assert sum(count > 1 for count in courses.values()) >= 100


def test_nobody_sits_in_two_rooms_at_once(enrolments):
    by_person = {}
    for e in enrolments:
        by_person.setdefault(e.trainee_id, []).append(e.course)
    for courses in by_person.values():
        in_order = sorted(courses, key=lambda course: course.starts_on)
        assert all(before.ends_on < after.starts_on for before, after in pairwise(in_order))


def test_every_row_would_pass_for_one_typed_by_hand(courses, trainees, enrolments):
    for row in [*courses, *trainees, *enrolments]:
        row.clean_fields(exclude=[f.name for f in row._meta.concrete_fields if f.is_relation])


def test_people_come_late_leave_or_never_come(enrolments):
    taught = [e for e in enrolments if e.course.status in Course.COUNTED_STATES]
    assert any(e.first_attended_on and e.first_attended_on > e.course.starts_on for e in taught)
    assert any(e.status == "enrolled" and e.first_attended_on is None for e in taught)
    gone = [e for e in taught if e.status == "withdrawn"]
    assert any(e.first_attended_on is None and e.withdrawn_on < e.course.starts_on for e in gone)
    assert any(e.first_attended_on and e.withdrawn_on >= e.first_attended_on for e in gone)
    assert any(e.skill_purpose not in ("", e.course.skill_purpose) for e in taught)


def test_nothing_happens_before_its_time_or_after_the_story(enrolments, waivers):
    for e in enrolments:
        assert e.enrolled_on <= STORY_DAY
        if e.first_attended_on:
            assert e.enrolled_on <= e.first_attended_on <= min(e.course.ends_on, STORY_DAY)
            assert e.course.status in Course.COUNTED_STATES
            assert e.withdrawn_on is None or e.first_attended_on <= e.withdrawn_on <= e.course.ends_on
        if e.withdrawn_on:
            assert e.enrolled_on <= e.withdrawn_on
    for w in waivers:
        assert w.requested_at.date() < min(w.course.starts_on, STORY_DAY)
        assert w.decided_at is None or w.requested_at < w.decided_at
    for course in {e.course for e in enrolments if e.course.status in ("completed", "closed")}:
        assert course.ends_on <= STORY_DAY


def test_a_course_has_its_hours_on_its_days(courses):
    days = {course.pk: [] for course in courses}
    for session in Session.objects.visible_to(DEPARTMENT_EYES):
        days[session.course_id].append(session)
    for course in courses:
        if course.status in Course.COUNTED_STATES:
            held = days[course.pk]
            assert sum(session.hours for session in held) == course.hours
            assert (held[0].held_on, held[-1].held_on) == (course.starts_on, course.ends_on)
            assert len({session.held_on for session in held}) == len(held)
            for session in held:
                session.clean_fields(exclude=["school", "course"])
                present = session.ends_at.hour * 60 + session.ends_at.minute - session.starts_at.hour * 60
                assert present in (session.hours * 60, session.hours * 60 + 60)  # lunch does not count


def test_the_sheets_say_what_the_roster_says(enrolments, sheets):
    came = dict(Enrolment.objects.visible_to(DEPARTMENT_EYES).values_list("pk", "first_attended_on"))
    for e in enrolments:
        cells = sheets.get(e.pk, [])
        assert e.attended_hours == (sum(cell.hours for cell in cells) if cells else None)
        if cells:
            assert came[e.pk] == min((cell.session.held_on for cell in cells if cell.hours), default=None)
        assert all(cell.session.course_id == e.course_id for cell in cells)
        assert all(cell.hours <= cell.session.hours and cell.session.held_on <= STORY_DAY for cell in cells)
        if e.withdrawn_on:
            assert all(cell.session.held_on < e.withdrawn_on for cell in cells)
    gone_on = {e.course_id for e in enrolments if e.pk in sheets}
    assert {e.course.status for e in enrolments if e.course_id in gone_on} == set(Course.COUNTED_STATES)
    # What the trigger found agreed with what was inserted: nobody's history knows of another state. Later on
    # only the answers of the follow-up are noted there.
    changed = apps.get_model("trainees", "EnrolmentEvent").objects.visible_to(DEPARTMENT_EYES)
    assert not changed.exclude(pgh_label="insert").filter(latest_answer=None).exists()


def test_most_pass_and_some_fail_by_points_by_hours_or_wait(demo):
    entrants = with_judgement(Enrolment.objects.visible_to(DEPARTMENT_EYES).counted().entrants())
    closed = Counter(entrants.filter(course__status="closed").values_list("passed", flat=True))
    assert 0.7 < closed[True] / closed.total() < 0.95
    assert closed[None] < 0.05 * closed.total()  # who left on the way is not assessed
    completed = Counter(entrants.filter(course__status="completed").values_list("passed", flat=True))
    assert 0 < completed[None] < completed[True]
    assert not entrants.filter(course__status="running").exclude(passed=None).exists()
    enough_points, enough_hours = Q(total__gte=60), Q(attendance_percent__gte=80)
    failed = entrants.filter(passed=False)
    assert failed.filter(enough_points & ~enough_hours).exists()
    assert failed.filter(enough_hours & ~enough_points).exists()
    for year in (DEMO_YEAR, DEMO_YEAR + 1):
        assert entrants.filter(course__fiscal_year=year, passed=True).exists()
    results = Result.objects.visible_to(DEPARTMENT_EYES)
    assert results.filter(practice=None, knowledge__gt=0).exists()
    assert not results.filter(enrolment__first_attended_on=None).exists()


def test_some_people_said_what_they_thought_and_what_became_of_them(demo):
    said = Satisfaction.objects.visible_to(DEPARTMENT_EYES)
    assert 200 < said.count() < 1000
    assert set(said.values_list("way", flat=True)) == {"staff", "phone"}
    told = FollowUp.objects.visible_to(DEPARTMENT_EYES)
    assert 200 < told.count() < 1500
    assert set(told.values_list("outcome", "wave")) == {
        (o, w) for o in FollowUp.Outcome.values for w in (30, 90, 180)
    }
    assert {income_band(income) for income in told.values_list("added_income", flat=True)} == {None, *IncomeBand}
    asked = passed(Enrolment.objects.visible_to(DEPARTMENT_EYES)).values("pk")
    assert not told.exclude(enrolment__in=asked).exists()
    assert not told.filter(asked_on__gt=STORY_DAY).exists()


def test_types_follow_from_the_hours(courses):
    for course in courses:
        year = course.fiscal_year
        kind = classify(course.hours, year.course_types.all(), step=year.hours_step, most_hours=year.most_hours)
        assert course.course_type == kind


def test_stopped_courses_say_why(courses):
    assert all(bool(c.status_reason) == (c.status in ("cancelled", "postponed")) for c in courses)


def test_who_was_opened_with_too_few_people_had_leave(courses, enrolments, waivers):
    accepted = {w.course_id for w in waivers if w.decision == "accepted"}
    at_opening = Counter(
        e.course_id
        for e in enrolments
        if e.enrolled_on <= e.course.starts_on and not (e.withdrawn_on and e.withdrawn_on < e.course.starts_on)
    )
    leave_needed = set()
    for course in courses:
        if course.status in Course.COUNTED_STATES:
            alone = course.learning_mode == Course.LearningMode.INDIVIDUAL
            if not may_open(course.course_type, at_opening[course.pk], hours=course.hours, individual=alone).ok:
                leave_needed.add(course.pk)
    assert leave_needed
    assert leave_needed <= accepted


def test_waivers_are_accepted_refused_and_waiting_each_by_who_may(waivers):
    assert {w.decision for w in waivers} == set(Waiver.Decision)
    for waiver in waivers:
        assert waiver.people < waiver.group_size
        assert waiver.requested_by.school_id == waiver.school_id
        if waiver.decided_by:
            deciding = Waiver.objects.decided_by(waiver.decided_by)
            assert deciding.filter(pk=waiver.pk).exists()


def test_forms_eleven_are_submitted_corrected_and_waiting_each_by_who_may(demo):
    visits = Visit.objects.visible_to(DEPARTMENT_EYES).select_related("course", "created_by")
    assert {visit.stage for visit in visits} == set(Visit.Stage)
    for visit in visits:
        refuse_day(visit.course, visit.stage, visit.visited_on)
        assert visit.visited_on <= STORY_DAY
        assert Visit.objects.decided_by(visit.created_by).filter(pk=visit.pk).exists()
    assert visits.filter(status="submitted").count() > 20
    assert visits.filter(replaces__isnull=False).count() == 1
    for username in ("province", "department"):  # each finds something to finish on the first page
        user = User.objects.get(username=username)
        assert Visit.objects.decided_by(user).filter(status=Visit.Status.DRAFT).exists()


def test_each_kind_of_user_signs_in_with_the_printed_password(demo):
    roles = {}
    for label, username, password in SIGN_INS:
        user = User.objects.get(username=username)
        assert user.is_demo and user.check_password(password), label
        roles[username] = user.role
    assert set(roles.values()) == set(Role)
    ours, sister, attached = (User.objects.get(username=u).school for u in ("school", "school2", "attached"))
    province = User.objects.get(username="province").province
    mine = Membership.objects.visible_to(DEPARTMENT_EYES).filter(province=province)
    assert set(mine.values_list("school", flat=True)) >= {ours.pk, sister.pk}
    assert attached.code == ATTACHED_CODE


def test_colleagues_who_only_lend_their_names_cannot_sign_in(demo):
    colleagues = User.objects.filter(is_demo=True).exclude(username__in=[s.username for s in SIGN_INS])
    assert colleagues.count() == len(lively_schools()) - 3 + len(LIVELY_PROVINCES) - 1
    assert not any(user.has_usable_password() for user in colleagues)
    assert not Client().login(username=colleagues.first().username, password=PASSWORD)


def test_a_school_of_the_demo_sees_nothing_of_its_sister(demo):
    ours, sister = User.objects.get(username="school"), User.objects.get(username="school2")
    for model in (Course, Trainee, Enrolment, Waiver, Session, Attendance, Result, Visit):
        seen = model.objects.visible_to(ours)
        assert seen.exists()
        assert not seen.filter(school=sister.school).exists()


def test_channels_of_all_kinds_have_sales_and_gaps_in_them(demo):
    channels, sales = (model.objects.visible_to(DEPARTMENT_EYES) for model in (Channel, Sale))
    assert 35 <= channels.count() <= 45
    assert set(channels.values_list("kind", flat=True)) == set(ChannelKind)
    assert channels.filter(closed_on__isnull=False).exists()
    assert sales.filter(amount=0).exists() and sales.filter(amount__gt=0).exists()
    assert not sales.filter(month__gt=STORY_DAY).exists()
    assert 12 <= Publicity.objects.visible_to(DEPARTMENT_EYES).count() <= 18


def test_groups_are_formed_after_the_courses_of_their_members_and_some_are_registered(demo):
    groups, members = (model.objects.visible_to(DEPARTMENT_EYES) for model in (Group, Member))
    assert 12 <= groups.count() <= 18
    assert {group.is_registered for group in groups} == {True, False}
    assert not groups.filter(registered_on__lt=F("formed_on")).exists()
    people = list(members.values_list("group", "enrolment__trainee"))
    assert len(set(people)) == len(people) >= 4 * groups.count()


def test_circulars_wait_in_different_states_and_every_school_knows_who_signs(demo):
    """Ours has one to acknowledge, its province has passed it on, and others wait for theirs."""
    assert set(Circular.objects.visible_to(DEPARTMENT_EYES).values_list("status", flat=True)) == {
        "draft", "sent", "withdrawn",
    }  # fmt: skip
    ours = User.objects.get(username="school")
    waiting = Delivery.objects.own_of(ours).filter(Delivery.WAITING)
    assert waiting.count() == 2
    below = Delivery.objects.visible_to(DEPARTMENT_EYES).filter(school__isnull=False)
    assert below.filter(acknowledged_at__isnull=False).exists()
    assert not below.filter(acknowledged_at__lt=F("sent_at")).exists()
    directors = Signer.objects.visible_to(DEPARTMENT_EYES).on(STORY_DAY).filter(signs_as="director")
    assert {s.school_id for s in directors if s.school_id} == {school.pk for school in lively_schools()}


def test_the_same_keys_always_give_the_same_data(demo):
    schools = lively_schools()
    staff, rules = Staff(schools).make(), demo_rules()
    once, again = (_told(imagine(schools, staff, rules)) for _ in range(2))
    assert once == again
    stored = Trainee.objects.visible_to(DEPARTMENT_EYES)
    told = sorted(row for life in once for row in life["people"])
    assert told == sorted(_person(person) for person in stored)


def _told(lives):
    """Everything that was made up, with no keys of the database in it."""
    return [
        {
            "people": [_person(person) for person in life.register.people],
            "courses": [(c.name, c.hours, c.starts_on, c.ends_on, c.status, c.venue) for c in life.offer.courses],
            "enrolments": [
                (e.course.name, e.course.starts_on, e.trainee.document_number, e.enrolled_on, e.withdrawn_on)
                for e in life.rosters.enrolments
            ],
            "sessions": [(s.course.name, s.held_on, s.starts_at, s.hours) for s in life.classroom.sessions],
            "sheets": [(cell.session.held_on, cell.hours) for cell in life.classroom.attendance],
            "results": [(r.knowledge, r.practice, r.quality) for r in life.classroom.results],
            "waivers": [(w.course.name, w.reason, w.requested_at, w.decision) for w in life.rosters.waivers],
        }
        for life in lives
    ]


def _person(person):
    return (
        person.school_id, person.document_number, person.full_name, person.sex, str(person.birth_date),
        str(person.education), str(person.occupation), person.facts, person.address, person.phone,
    )  # fmt: skip


def test_a_second_run_changes_nothing(demo):
    before = _everything()
    began = time.monotonic()
    with override_settings(DEBUG=True):
        call_command("seed_demo", stdout=(said := StringIO()))
    assert time.monotonic() - began < 2
    assert _everything() == before
    assert "already there" in said.getvalue()


def _everything():
    """Every table of ours, histories included: how many rows, and a sum over all that stands in them."""
    ours = ("offices", "courses", "trainees", "supervision")
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.app_label in ours]
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f'SELECT count(*), sum(hashtext(t::text)::bigint) FROM "{table}" t')
            found[table] = cursor.fetchone()
    return found


def test_the_history_says_who_made_it_all(demo):
    events = apps.get_model("trainees", "TraineeEvent").objects.visible_to(DEPARTMENT_EYES)
    assert events.count() == Trainee.objects.visible_to(DEPARTMENT_EYES).count()
    contexts = pghistory.models.Context.objects.filter(pk__in=events.values("pgh_context"))
    assert [context.metadata["act"] for context in contexts] == ["seed_demo"]


def test_products_came_out_of_courses_in_every_standing(demo):
    products = with_standing(Product.objects.visible_to(DEPARTMENT_EYES).select_related("course"), DEPARTMENT_EYES)
    assert 40 <= len(products) <= 120
    assert {Standing.of(product.latest_is_met) for product in products} == set(Standing)
    assert None in {product.price for product in products}
    assert all(product.course.starts_on <= product.made_on <= STORY_DAY for product in products)
    makers = Maker.objects.visible_to(DEPARTMENT_EYES).select_related("enrolment")
    assert len({maker.product_id for maker in makers}) > 30
    assert all(maker.enrolment.first_attended_on for maker in makers)


def test_products_are_assessed_by_the_checklist_of_the_day_some_again(demo):
    assessments = Assessment.objects.visible_to(DEPARTMENT_EYES).select_related("product__course")
    looks = Counter(assessment.product_id for assessment in assessments)
    assert max(looks.values()) == 2
    verdicts = {}
    for verdict in Verdict.objects.visible_to(DEPARTMENT_EYES):
        verdicts.setdefault(verdict.assessment_id, []).append(verdict)
    for assessment in assessments:
        first, last = fiscal_year_bounds(assessment.fiscal_year_id)
        assert max(first, assessment.product.course.ends_on) <= assessment.assessed_on <= min(last, STORY_DAY)
        points = verdicts[assessment.pk]
        assert assessment.is_met == all(point.is_met for point in points if point.is_required)
        assert len(points) == assessment.fiscal_year.checklist_items.count() > 0


def test_training_lasts_at_least_as_long_as_its_hours_need(courses):
    for course in courses:
        days = (course.ends_on - course.starts_on) / timedelta(days=1) + 1
        assert course.hours <= days * 9


def test_no_office_of_the_demo_has_spent_more_than_it_has(demo):
    for year in (DEMO_YEAR, DEMO_YEAR + 1):
        found = balances(DEPARTMENT_EYES, "school", "province", "quarter", fiscal_year=year)
        offices = {(school, province) for school, province, _quarter in found}
        assert len(offices) > 20 and (None, None) in offices
        for office in offices:
            flow = [found[*office, quarter].left if (*office, quarter) in found else 0 for quarter in (1, 2, 3, 4)]
            assert min(added_up(flow)) >= 0, office


def test_courses_and_products_have_pictures_that_were_drawn_and_agreed_to(demo, files, settings):
    settings.MEDIA_ROOT = files
    shown = {model: list(model.objects.visible_to(DEPARTMENT_EYES)) for model in (CoursePhoto, ProductPhoto)}
    assert len(shown[CoursePhoto]) >= 15 and len(shown[ProductPhoto]) >= 8
    for photo in (*shown[CoursePhoto], *shown[ProductPhoto]):
        assert photo.caption and photo.consent and (photo.width, photo.height) == KEPT
        assert photo.file.storage.exists(photo.file.name) and photo.file.storage.exists(photo.small_name)
    assert a_class(Random("x")).tobytes() == a_class(Random("x")).tobytes()
