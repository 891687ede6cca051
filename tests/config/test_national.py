"""The nation that speed is measured on: in a database of its own, always the same, bound by every constraint."""

import os
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from config.national.load import LEFT_EMPTY, copied, holds_files
from config.national.place import drop, inside
from courses.money.balance import balances
from offices.clock import today
from offices.scoping import DEPARTMENT_EYES
from offices.secrecy import EncryptedTextField
from reports.breakdowns import View
from reports.figures import count_all, count_all_by_place
from reports.offices import Level, Office
from reports.periods import Period
from reports.stored import served
from tests.bench.agreement import differences, in_plain_words
from tests.bench.plain_sql import Asked, everything
from trainees.identity import person_key
from trainees.models import Enrolment, Trainee

COURSES, ENROLMENTS = 60, 1_000
PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "alone")  # others may test the same beside this one
NAMES = (f"test_national_once_{PROCESS}", f"test_national_twice_{PROCESS}")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def nation(django_db_setup, django_db_blocker):
    """A small nation, made twice, each when it is first entered; gives a way into both databases."""
    made = []

    @contextmanager
    def enter(name=NAMES[0]):
        with django_db_blocker.unblock():
            if name not in made:
                seed(database=name)
                made.append(name)
            with inside(name):
                yield

    yield enter
    with django_db_blocker.unblock():
        for name in made:
            drop(name)


def seed(**options):
    said = StringIO()
    call_command("seed_national", **{"courses": COURSES, "enrolments": ENROLMENTS, **options}, stdout=said)
    return said.getvalue()


def asked(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def test_two_runs_write_the_same_rows(nation):
    told = []
    for name in NAMES:
        with nation(name):
            told.append({model.__name__: checksum(model) for model in copied()})
    assert told[0] == told[1]


def checksum(model):
    """Of all columns but those that are encrypted, each time otherwise."""
    fields = [f.column for f in model._meta.concrete_fields if not isinstance(f, EncryptedTextField)]
    columns = ", ".join(f'"{column}"' for column in fields)
    ((found,),) = asked(
        f'SELECT md5(string_agg(row({columns})::text, chr(10) ORDER BY "{model._meta.pk.column}"))'
        f' FROM "{model._meta.db_table}"'
    )
    return found


def test_every_table_has_rows_but_those_of_files_and_of_work_in_progress(nation):
    with nation():
        empty = {m for m in copied() if not asked(f'SELECT 1 FROM "{m._meta.db_table}" LIMIT 1')}
    assert empty == LEFT_EMPTY | {model for model in copied() if holds_files(model)}


def test_there_are_as_many_courses_and_enrolments_as_were_asked_for(nation):
    with nation():
        assert asked("SELECT count(*) FROM courses_course") == [(COURSES,)]
        assert asked("SELECT count(*) FROM trainees_enrolment") == [(ENROLMENTS,)]
        assert asked("SELECT count(*) FROM offices_province") == [(77,)]
        assert asked("SELECT count(*) FROM offices_school WHERE district_id IS NOT NULL") == [(928,)]


def test_people_come_twice_and_to_two_schools_and_some_have_no_number(nation):
    with nation():
        twice = "SELECT 1 FROM trainees_enrolment GROUP BY trainee_id HAVING count(DISTINCT course_id) > 1"
        elsewhere = "SELECT 1 FROM trainees_trainee GROUP BY person_key HAVING count(DISTINCT school_id) > 1"
        assert asked(twice)
        assert asked(f"{elsewhere} AND person_key IS NOT NULL")
        assert asked("SELECT 1 FROM trainees_trainee WHERE person_key IS NULL AND no_document_reason <> ''")


def test_all_keys_indexes_and_triggers_are_back_and_hold(nation):
    kept = {
        "keys": "SELECT conrelid::regclass::text, conname, convalidated FROM pg_constraint ORDER BY 1, 2",
        "indexes": "SELECT tablename::text, indexname::text FROM pg_indexes ORDER BY 1, 2",
        "triggers": "SELECT tgrelid::regclass::text, tgname::text, tgenabled::text FROM pg_trigger "
        "WHERE NOT tgisinternal ORDER BY 1, 2",
    }
    with nation():
        here = {name: asked(statement) for name, statement in kept.items()}
        every = "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        for table, name, definition in asked(f"{every} WHERE contype = 'f'"):
            asked_again = f'ALTER TABLE {table} DROP CONSTRAINT "{name}", ADD CONSTRAINT "{name}" {definition}'
            with connection.cursor() as cursor:
                cursor.execute(asked_again)
    assert all(validated for *_names, validated in here["keys"])
    assert all(enabled == "O" for *_names, enabled in here["triggers"])
    with nation(NAMES[1]):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
        assert {name: asked(statement) for name, statement in kept.items()} == here


def test_the_sums_that_triggers_keep_are_those_that_the_rows_give(nation):
    with nation():
        attended = """
            SELECT e.id FROM trainees_enrolment e JOIN (
                SELECT enrolment_id, sum(hours) AS hours FROM trainees_attendance GROUP BY 1) a
                ON a.enrolment_id = e.id WHERE a.hours IS DISTINCT FROM e.attended_hours"""
        came = """
            SELECT e.id FROM trainees_enrolment e JOIN (
                SELECT a.enrolment_id, min(s.held_on) FILTER (WHERE a.hours > 0) AS first
                  FROM trainees_attendance a JOIN courses_session s ON s.id = a.session_id GROUP BY 1) a
                ON a.enrolment_id = e.id WHERE a.first IS DISTINCT FROM e.first_attended_on"""
        answered = """
            SELECT e.id FROM trainees_enrolment e LEFT JOIN (
                SELECT DISTINCT ON (enrolment_id) enrolment_id, id FROM trainees_followup
                 WHERE outcome = 'answered' ORDER BY enrolment_id, wave DESC) f ON f.enrolment_id = e.id
             WHERE f.id IS DISTINCT FROM e.latest_answer_id"""
        assert asked("SELECT 1 FROM trainees_enrolment WHERE latest_answer_id IS NOT NULL LIMIT 1")
        for statement in (attended, came, answered):
            assert asked(statement) == []


def test_nobody_has_spent_more_than_they_received(nation):
    with nation():
        assert asked("SELECT 1 FROM courses_spending LIMIT 1")
        purses = balances(DEPARTMENT_EYES, "school", "province", fiscal_year=2569)
        assert [office for office, balance in purses.items() if balance.left < 0] == []


def test_a_number_is_sealed_under_the_tail_that_is_shown_and_a_key_is_of_one_person(nation):
    with nation():
        people = Trainee.objects.visible_to(DEPARTMENT_EYES).filter(document_kind="national_id")
        for person in people[:20]:
            assert person.document_number.endswith(person.document_tail)
            assert len(person.document_number) == 13
        first = people.order_by("pk")[0]
        assert first.person_key == person_key(first.document_kind, first.document_number)


def test_a_number_that_is_typed_next_is_nobody_elses(nation):
    """The tables go on counting where the copied rows stopped, and their triggers run."""
    with nation():
        place = Enrolment.objects.visible_to(DEPARTMENT_EYES).order_by("-pk")[0]
        newest = place.pk
        place.trainee = (
            Trainee.objects.visible_to(DEPARTMENT_EYES)
            .filter(school=place.school_id)
            .exclude(
                pk__in=Enrolment.objects.visible_to(DEPARTMENT_EYES)
                .filter(course=place.course_id)
                .values("trainee")
            )[0]
        )
        place.pk, place.latest_answer = None, None
        place.save(force_insert=True)
        assert place.pk == newest + 1
        assert Enrolment.pgh_event_model.objects.visible_to(DEPARTMENT_EYES).filter(pgh_obj=place.pk).count() == 1
        place.delete()


LEVELS = [
    ("department", Level.WHOLE),
    ("department", Level.PROVINCE),
    ("department", Level.SCHOOL),
    ("province:50", Level.WHOLE),
    ("school:1250070000", Level.WHOLE),
]


@pytest.mark.parametrize(("office", "level"), LEVELS)
def test_plain_sql_written_by_hand_gives_the_same_figures(nation, office, level):
    with nation():
        view = View(DEPARTMENT_EYES, Office.parse(office, DEPARTMENT_EYES), Period.of(2569))
        plain = everything(
            Asked(*view.period.bounds, today(), str(level), "" if office == "department" else office)
        )
        if level is Level.WHOLE:
            ours = {each.indicator.code: in_plain_words(each.indicator.code, "", each) for each in count_all(view)}
        else:
            ours = {code: {} for code in plain}
            for code, places in count_all_by_place(view, level).items():
                for place, counted in places.items():
                    ours[code] |= in_plain_words(code, place, counted)
    assert differences(ours, plain) == []
    if office == "department":
        assert all(any(any(numbers) for numbers in found.values()) for found in plain.values())


def test_figures_there_are_kept_until_a_row_changes(nation):
    with nation():
        view = View(DEPARTMENT_EYES, Office.parse("school:1250070000", DEPARTMENT_EYES), Period.of(2569))
        first, again = served(view), served(view)
        assert first.as_of == again.as_of
        place = Enrolment.objects.visible_to(DEPARTMENT_EYES).order_by("pk")[0]
        Enrolment.objects.visible_to(DEPARTMENT_EYES).filter(pk=place.pk).update(heard_from="เพื่อนบ้าน")
        assert served(view).as_of > again.as_of


def test_one_of_the_same_numbers_is_kept_when_that_is_wished(nation, django_db_blocker):
    with nation():
        pass  # made by now, whichever test is the first
    with django_db_blocker.unblock():
        assert "there already" in seed(database=NAMES[0], keep=True)


@pytest.mark.parametrize(
    ("name", "why"),
    [(None, "people use"), ("postgres", "was not made by this command"), ('bad"name', "no name for it")],
)
def test_a_database_that_people_use_or_somebody_else_made_is_refused(db, name, why):
    here = connection.settings_dict["NAME"]
    with pytest.raises(CommandError, match=why):
        seed(database=name or here)
    assert connection.settings_dict["NAME"] == here
