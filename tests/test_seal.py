"""The wall: rows of a school cannot be reached before a scope is chosen, by any road that Django offers."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.shortcuts import get_object_or_404

from courses.models import Course, Curriculum, FairPart
from offices.clock import today
from offices.history import OfficeEvent, ProvinceEvent, ScopedEvent
from offices.models import Disclosure, Membership, Province, School
from offices.owned import OfficeOwned, ProvinceOwned, SameSchool, SchoolOwned
from offices.roles import Role
from offices.scoping import (
    DEPARTMENT_EYES,
    ScopeNotChosen,
    SealedQuerySet,
    accounts_for,
    office_rows_for,
    province_rows_for,
    provinces_for,
    rows_decided_by,
    rows_for,
    rows_given_by,
    schools_for,
)
from tests import factories as make
from trainees.models import Enrolment, Trainee, Waiver

ROOT = Path(__file__).resolve().parent.parent
OURS = ["offices", "documents", "jobs", "courses", "trainees", "supervision", "reports"]
OWNED = [m for m in apps.get_models() if issubclass(m, SchoolOwned)]
OFFICES = [m for m in apps.get_models() if issubclass(m, (OfficeOwned, ProvinceOwned))]
EVENTS = [m for m in apps.get_models() if issubclass(m, (ScopedEvent, OfficeEvent, ProvinceEvent))]
SEALED = [*OWNED, *OFFICES, *EVENTS, School]
SHARED = [m for m in apps.get_models() if (m._meta.app_label in OURS and m not in SEALED) or m is School]


RULES = (
    rows_for, schools_for, provinces_for, office_rows_for, province_rows_for, rows_decided_by, rows_given_by,
    accounts_for,
)  # fmt: skip


# Every road to rows, and that it is closed.

ROADS = {
    "list": lambda qs: list(qs.all()),
    "filter": lambda qs: list(qs.filter(pk=1)),
    "exclude": lambda qs: list(qs.exclude(pk=1)),
    "get": lambda qs: qs.get(pk=1),
    "first": lambda qs: qs.first(),
    "last": lambda qs: qs.last(),
    "slice": lambda qs: list(qs[:1]),
    "count": lambda qs: qs.count(),
    "len": lambda qs: len(qs),
    "bool": lambda qs: bool(qs),
    "exists": lambda qs: qs.exists(),
    "contains": lambda qs: qs.contains(qs.model(pk=1)),
    "values": lambda qs: list(qs.values("pk")),
    "values_list": lambda qs: list(qs.values_list("pk", flat=True)),
    "iterator": lambda qs: list(qs.iterator()),
    "in_bulk": lambda qs: qs.in_bulk([1]),
    "aggregate": lambda qs: qs.aggregate(n=Count("pk")),
    "aggregate over a slice": lambda qs: qs[:5].aggregate(n=Count("pk")),
    "annotate": lambda qs: list(qs.annotate(n=Count("pk"))),
    "distinct": lambda qs: list(qs.distinct()),
    "order_by": lambda qs: list(qs.order_by("pk")),
    "union": lambda qs: list(qs.union(qs.filter(pk=1))),
    "intersection": lambda qs: list(qs.intersection(qs.filter(pk=1))),
    "difference": lambda qs: list(qs.difference(qs.filter(pk=1))),
    "union counted": lambda qs: qs.union(qs.filter(pk=1)).count(),
    "update": lambda qs: qs.update(pk=F("pk")),
    "delete": lambda qs: qs.delete(),
    "raw delete": lambda qs: qs._raw_delete("default"),
    "raw": lambda qs: list(qs.raw("select 1")),
    "explain": lambda qs: qs.explain(),
    "select_for_update": lambda qs: list(qs.select_for_update()),
    "get_or_create": lambda qs: qs.get_or_create(pk=1),
    "update_or_create": lambda qs: qs.update_or_create(pk=1),
    "get_object_or_404": lambda qs: get_object_or_404(qs, pk=1),
    "empty or all": lambda qs: list(qs.none() | qs.all()),
}


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.django_db
def test_no_road_reaches_rows_before_a_scope_is_chosen(road):
    for model in SEALED:
        with pytest.raises(ScopeNotChosen, match=model.__name__):
            ROADS[road](model.objects.all())


def test_nothing_is_nothing_even_when_sealed(db):
    for model in SEALED:
        assert list(model.objects.none()) == []


def test_get_object_or_404_takes_the_model_itself_as_sealed(world):
    with pytest.raises(ScopeNotChosen):
        get_object_or_404(Trainee, pk=world.ours.trainee.pk)


def test_a_form_cannot_offer_choices_before_a_scope_is_chosen(world):
    field = forms.ModelChoiceField(queryset=Course.objects.all())
    with pytest.raises(ScopeNotChosen):
        list(field.choices)
    with pytest.raises(ScopeNotChosen):
        field.clean(world.theirs.course.pk)


def test_a_model_form_cannot_offer_choices_before_a_scope_is_chosen(world):
    form_class = forms.modelform_factory(Course, fields=["curriculum"])
    with pytest.raises(ScopeNotChosen):
        str(form_class()["curriculum"])


def test_reverse_sets_are_sealed(world):
    with pytest.raises(ScopeNotChosen):
        list(world.ours.course.enrolments.all())
    with pytest.raises(ScopeNotChosen):
        world.ours.course.enrolments.count()
    mine = world.ours.course.enrolments.visible_to(world.users[Role.SCHOOL])
    assert list(mine) == [world.ours.enrolment]
    assert not world.ours.course.enrolments.visible_to(world.strangers[Role.SCHOOL])


def test_prefetch_is_sealed_until_it_is_given_a_scope(world):
    user = world.users[Role.SCHOOL]
    courses = Course.objects.visible_to(user)
    with pytest.raises(ScopeNotChosen):
        list(courses.prefetch_related("enrolments"))
    scoped = Prefetch("enrolments", Enrolment.objects.visible_to(user))
    (course,) = courses.prefetch_related(scoped)
    assert list(course.enrolments.all()) == [world.ours.enrolment]


def test_subqueries_are_sealed(world):
    open_courses = Course.objects.visible_to(world.users[Role.DEPARTMENT])
    sealed = Enrolment.objects.filter(course=OuterRef("pk"))
    for query in (
        open_courses.filter(Exists(sealed)),
        open_courses.filter(~Exists(sealed)),
        open_courses.annotate(n=Subquery(sealed.values("pk")[:1])),
        open_courses.filter(pk__in=Enrolment.objects.values("course")),
        open_courses.filter(enrolments__in=Enrolment.objects.all()),
        open_courses.exclude(Q(pk__in=Enrolment.objects.values("course"))),
        open_courses.order_by(Subquery(sealed.values("pk")[:1])),
    ):
        with pytest.raises(ScopeNotChosen):
            list(query)
    seen = Enrolment.objects.visible_to(world.users[Role.SCHOOL]).filter(course=OuterRef("pk"))
    assert list(open_courses.filter(Exists(seen))) == [world.ours.course]


def test_a_sealed_set_does_not_slip_in_beside_an_open_one(world):
    opened = Course.objects.visible_to(world.users[Role.SCHOOL])
    for combine in (
        lambda: opened | Course.objects.all(),
        lambda: Course.objects.all() | opened,
        lambda: opened & Course.objects.all(),
        lambda: opened ^ Course.objects.all(),
        lambda: list(opened.union(Course.objects.all())),
        lambda: list(opened.difference(Course.objects.all())),
        lambda: list(Course.objects.all().union(opened)),
    ):
        with pytest.raises(ScopeNotChosen):
            combine()


def test_opening_one_set_opens_no_other(world):
    sealed = Course.objects.all()
    assert sealed.visible_to(world.users[Role.SCHOOL]).count() == 1
    with pytest.raises(ScopeNotChosen):
        sealed.count()


def test_the_bin_is_scoped_too(world):
    for course in (world.ours.course, world.theirs.course):
        Course.objects.unscoped().filter(pk=course.pk).update(binned_at="2026-01-01T00:00Z")
    assert not Course.objects.visible_to(world.users[Role.SCHOOL])
    assert list(Course.objects.in_bin_of(world.users[Role.SCHOOL])) == [world.ours.course]
    assert not Enrolment.objects.visible_to(world.users[Role.SCHOOL])  # it went with its course


# Who sees what.


@pytest.mark.parametrize("model, attribute", [
    (Curriculum, "curriculum"), (Course, "course"), (Trainee, "trainee"),
    (Enrolment, "enrolment"), (Waiver, "waiver"),
])  # fmt: skip
def test_each_role_sees_its_places_rows_and_no_others(world, model, attribute):
    ours, theirs, attached = (getattr(side, attribute) for side in (world.ours, world.theirs, world.attached))

    def seen(user):
        return set(model.objects.visible_to(user))

    assert seen(world.users[Role.SCHOOL]) == {ours}
    assert seen(world.users[Role.PROVINCE]) == {ours}
    assert seen(world.users[Role.DEPARTMENT]) == {ours, theirs, attached}
    assert seen(world.users[Role.ADMINISTRATOR]) == set()
    assert seen(world.strangers[Role.SCHOOL]) == {theirs}
    assert seen(world.strangers[Role.PROVINCE]) == {theirs}
    assert seen(world.attached_user) == {attached}
    assert seen(DEPARTMENT_EYES) == {ours, theirs, attached}


def test_schools_are_sealed_and_seen_by_place(world):
    def seen(user):
        return set(School.objects.visible_to(user))

    everything = {world.our_school, world.sister_school, world.their_school, world.attached_school}
    assert seen(world.users[Role.SCHOOL]) == {world.our_school}
    assert seen(world.users[Role.PROVINCE]) == {world.our_school, world.sister_school}
    assert seen(world.strangers[Role.PROVINCE]) == {world.their_school}
    assert seen(world.users[Role.DEPARTMENT]) == everything
    assert seen(world.users[Role.ADMINISTRATOR]) == everything  # reference data


def test_rows_of_offices_are_seen_from_above_and_never_from_below(world):
    fair = make.FairFactory(fiscal_year=world.year)
    department = make.FairPartFactory(fair=fair)
    province = make.FairPartFactory(fair=fair, province=world.our_province)
    school, sister = (
        make.FairPartFactory(fair=fair, school=each) for each in (world.our_school, world.sister_school)
    )
    theirs = make.FairPartFactory(fair=fair, school=world.their_school)

    def seen(user):
        return set(FairPart.objects.visible_to(user))

    assert seen(world.users[Role.SCHOOL]) == {school}
    assert seen(world.users[Role.PROVINCE]) == {province, school, sister}
    assert seen(world.users[Role.DEPARTMENT]) == {department, province, school, sister, theirs}
    assert seen(world.users[Role.ADMINISTRATOR]) == set()
    assert seen(world.strangers[Role.SCHOOL]) == {theirs}
    assert seen(world.strangers[Role.PROVINCE]) == {theirs}
    assert set(FairPart.objects.own_of(world.users[Role.PROVINCE])) == {province}
    assert set(FairPart.objects.own_of(world.users[Role.DEPARTMENT])) == {department}
    events = FairPart.pgh_event_model.objects
    assert {event.pgh_obj_id for event in events.visible_to(world.strangers[Role.SCHOOL])} == {theirs.pk}


def test_a_register_is_shared_by_a_province_and_its_schools(world):
    def seen(user):
        """Whose registers the user sees, asked of the provinces themselves; None is the department's."""
        rule = province_rows_for(user)
        known = {None, *Province.objects.values_list("pk", flat=True)}
        return {code for code in known if _fits(rule, code)}

    def _fits(rule, code):
        column = models.Value(code, output_field=models.CharField(null=True))
        return School.objects.unscoped().alias(province=column).filter(rule).exists()

    assert seen(world.users[Role.SCHOOL]) == {"50"}
    assert seen(world.users[Role.PROVINCE]) == {"50"}
    assert seen(world.strangers[Role.SCHOOL]) == {"90"}
    assert seen(world.attached_user) == {None}
    assert seen(world.users[Role.DEPARTMENT]) == {"50", "90", None}
    assert seen(world.users[Role.ADMINISTRATOR]) == set()


def test_a_closed_account_sees_nothing(world):
    for user in (*world.users.values(), world.attached_user):
        user.is_active = False
        for rule in RULES:
            assert rule(user) == Q(pk__in=[])


def test_an_unknown_role_is_an_error_not_a_view_of_everything(world):
    nobody = world.users[Role.DEPARTMENT]
    nobody.role = "janitor"
    for rule in RULES:
        with pytest.raises(ValueError, match="janitor"):
            rule(nobody)


def test_a_province_sees_a_school_while_it_belongs_to_it(world):
    user, stranger = world.users[Role.PROVINCE], world.strangers[Role.PROVINCE]
    membership = Membership.objects.visible_to(user).get(school=world.our_school)
    membership.starts_on, membership.ends_on = today(), today()
    membership.save()
    assert world.ours.course in Course.objects.visible_to(user)
    yesterday = today() - timedelta(days=1)
    membership.starts_on, membership.ends_on = yesterday, yesterday
    membership.save()
    make.MembershipFactory(school=world.our_school, province=world.their_province, starts_on=today())
    assert world.ours.course not in Course.objects.visible_to(user)
    assert world.ours.course in Course.objects.visible_to(stranger)
    assert world.ours.course in Course.objects.visible_to(world.users[Role.SCHOOL])


def test_the_department_decides_only_where_no_province_stands_above(world):
    def decides(user):
        return set(Waiver.objects.decided_by(user))

    assert decides(world.users[Role.PROVINCE]) == {world.ours.waiver}
    assert decides(world.users[Role.DEPARTMENT]) == {world.attached.waiver}
    assert decides(world.users[Role.SCHOOL]) == set()
    assert decides(world.users[Role.ADMINISTRATOR]) == set()
    assert decides(world.strangers[Role.PROVINCE]) == {world.theirs.waiver}


# Writing.


def test_update_and_delete_touch_only_what_is_seen(world):
    stranger = world.strangers[Role.SCHOOL]
    assert Course.objects.visible_to(stranger).update(venue="ที่อื่น") == 1
    world.ours.course.refresh_from_db()
    assert world.ours.course.venue == "ศาลาประชาคม"
    Waiver.objects.visible_to(stranger).delete()
    assert set(Waiver.objects.visible_to(DEPARTMENT_EYES)) == {world.ours.waiver, world.attached.waiver}


def test_uniqueness_is_checked_within_the_school_and_tells_nothing_of_others(world):
    ours = world.ours.trainee
    twin = make.TraineeFactory.build(school=world.our_school, number=ours.document_number)
    with pytest.raises(ValidationError, match=r"ทะเบียน|register"):
        twin.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    elsewhere = make.TraineeFactory.build(school=world.their_school, number=ours.document_number)
    elsewhere.full_clean()
    elsewhere.save()
    assert elsewhere.person_key == ours.person_key


def test_a_row_cannot_hang_on_another_schools_parent(world):
    for child in (
        make.EnrolmentFactory.build(course=world.ours.course, trainee=world.theirs.trainee),
        make.EnrolmentFactory.build(
            course=world.ours.course, trainee=world.theirs.trainee, school=world.their_school
        ),
        make.WaiverFactory.build(
            course=world.ours.course, school=world.their_school, requested_by=world.users[Role.SCHOOL]
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            child.save()
        with pytest.raises(ValidationError):
            child.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        Course.objects.visible_to(DEPARTMENT_EYES).filter(pk=world.ours.course.pk).update(
            school=world.their_school
        )


def test_every_change_is_counted_bulk_changes_too(world):
    course = world.ours.course
    for expected in (2, 3):
        Course.objects.visible_to(world.users[Role.SCHOOL]).update(venue=f"ที่ {expected}")
        course.refresh_from_db()
        assert course.version == expected
    course.save()
    course.refresh_from_db()
    assert course.version == 3  # nothing changed, nothing counted


# History.


def test_history_of_a_living_row_is_behind_the_same_wall(world):
    course = world.ours.course
    Course.objects.visible_to(world.users[Role.SCHOOL]).update(venue="วัดบ้านเด่น")
    events = Course.pgh_event_model.objects
    with pytest.raises(ScopeNotChosen):
        list(events.filter(pgh_obj=course))
    for user in (world.users[Role.SCHOOL], world.users[Role.PROVINCE], world.users[Role.DEPARTMENT]):
        labels = (
            events.visible_to(user).filter(pgh_obj=course).order_by("pgh_id").values_list("pgh_label", flat=True)
        )
        assert list(labels) == ["insert", "update"]
    for user in (*world.strangers.values(), world.users[Role.ADMINISTRATOR]):
        assert not events.visible_to(user).filter(pgh_obj=course).exists()


def test_history_of_a_deleted_row_is_behind_the_same_wall(world):
    enrolment, events = world.ours.enrolment, Enrolment.pgh_event_model.objects
    key = enrolment.pk
    enrolment.delete()
    mine = events.visible_to(world.users[Role.SCHOOL]).filter(pgh_obj_id=key)
    assert [e.pgh_label for e in mine.order_by("pgh_id")] == ["insert", "delete"]
    assert mine.order_by("pgh_id").last().trainee_id == world.ours.trainee.pk
    assert not events.visible_to(world.strangers[Role.SCHOOL]).filter(pgh_obj_id=key).exists()


def test_history_lets_nobody_ask_without_a_scope_by_way_of_its_row(world):
    event = Course.pgh_event_model.objects.visible_to(world.users[Role.SCHOOL]).first()
    assert event.pgh_obj == world.ours.course
    assert not [f.name for f in Course._meta.get_fields() if f.is_relation and f.related_model in EVENTS]


# Every model, those of tomorrow included.


@pytest.mark.parametrize("model", [*OWNED, *OFFICES, *EVENTS], ids=lambda m: m.__name__)
def test_every_owned_model_has_a_sealed_manager_and_its_own_place(model):
    assert isinstance(model.objects.all(), SealedQuerySet)
    assert isinstance(model._default_manager.all(), SealedQuerySet)
    managers = [m for m in model._meta.managers if not isinstance(m.all(), SealedQuerySet)]
    assert managers == []
    if issubclass(model, (ProvinceOwned, ProvinceEvent)):
        assert model._meta.get_field("province").related_model is Province
    else:
        assert model._meta.get_field("school").related_model is School


@pytest.mark.parametrize("model", [*OWNED, *OFFICES], ids=lambda m: m.__name__)
def test_every_owned_model_counts_its_changes_and_keeps_its_history(model):
    triggers = {trigger.name for trigger in model._meta.triggers}
    if model is Disclosure:  # a log is written once: nothing to keep of it
        assert triggers == {"append_only"}
        return
    assert {"bump_version", "insert_insert", "update_update", "delete_delete"} <= triggers
    assert model.pgh_event_model in EVENTS
    columns = {f.name for f in model._meta.concrete_fields}
    assert columns <= {f.name for f in model.pgh_event_model._meta.concrete_fields}


@pytest.mark.parametrize("model", [*OWNED, *OFFICES], ids=lambda m: m.__name__)
def test_every_parent_is_of_the_same_school_by_constraint(model):
    parents = {f.name for f in model._meta.concrete_fields if f.related_model in OWNED}
    held = {c.field for c in model._meta.constraints if isinstance(c, SameSchool)}
    assert parents == held


@pytest.mark.parametrize("model", OWNED, ids=lambda m: m.__name__)
def test_uniqueness_never_reaches_over_the_school(model):
    assert not [f.name for f in model._meta.concrete_fields if f.unique and not f.primary_key]
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            assert "school" in constraint.fields, constraint.name


@pytest.mark.parametrize("model", [*SHARED, *OWNED], ids=lambda m: m.__name__)
def test_no_shared_row_offers_a_road_into_rows_of_schools(model):
    for relation in model._meta.get_fields(include_hidden=True):
        target = relation.related_model
        if target not in SEALED:
            continue
        if model in SHARED and relation.concrete and target is not School:
            raise AssertionError(f"{model.__name__}.{relation.name} leads to rows of schools")
        if relation.auto_created and not relation.concrete and model in [*SHARED, School]:
            assert relation.related_name and relation.related_name.endswith("+"), relation
        assert not relation.many_to_many, "a many-to-many table has no seal of its own"


@pytest.mark.parametrize("model", OFFICES, ids=lambda m: m.__name__)
def test_no_row_of_an_office_can_be_reached_backwards_without_its_seal(model):
    for relation in model._meta.get_fields(include_hidden=True):
        assert not relation.many_to_many, "a many-to-many table has no seal of its own"
        if relation.auto_created and not relation.concrete:
            assert relation.related_name and relation.related_name.endswith("+"), relation


ESCAPES = {
    "unscoped": r"\bunscoped\(",
    "base manager": r"_base_manager",
    "raw SQL": r"\.raw\(|RawSQL|\.extra\(|cursor\(",
    "history of everything": r"\bpghistory\.models\.Events\b|import Events\b",
    "plain queryset": r"(?<!Sealed)(?<!models\.)\bQuerySet\(|models\.QuerySet\(model",
}
MAY_ESCAPE = {
    "offices/scoping.py": {"unscoped"},
    "offices/owned.py": {"base manager"},
    "config/local/postgres.py": {"raw SQL"},  # makes the database, reads no row
    "config/management/archive.py": {"raw SQL"},  # counts rows of whole tables, for backup and restore
    "config/management/demo.py": {"raw SQL"},  # an advisory lock, reads no row
    "config/national/copying.py": {"raw SQL"},  # writes invented rows into a database of their own, reads none
    "config/national/load.py": {"raw SQL"},  # asks in which database it stands
    "config/national/place.py": {"raw SQL"},  # makes and drops that database, reads no row
    "offices/management/commands/rotate_field_keys.py": {"raw SQL"},  # re-encrypts ciphertext, shows no row
    "offices/admin.py": {"unscoped"},  # schools and memberships as reference data, administrators only
    "reports/counting.py": {"raw SQL"},  # tallies rows that a sealed queryset compiled
    "reports/versions.py": {"raw SQL"},  # the newest number of each history, no row
    "reports/stored.py": {"raw SQL"},  # an isolation level
    "trainees/emptying.py": {"unscoped"},  # empties the bins of all schools by the clock
    "trainees/privacy.py": {"unscoped"},  # erases what bins hold of who was found, and history of who is gone
    "courses/emptying.py": {"unscoped"},  # the same for courses and curricula
    "courses/erasing.py": {"unscoped"},  # erases what bins hold of an instructor who was found through the seal
    "courses/needs.py": {"unscoped"},  # erases the contacts of a survey that was found through the seal, bins too
    "supervision/emptying.py": {"unscoped"},  # the same for drafts of PT.11
    "offices/emptying.py": {"unscoped"},  # the same for signers
    "documents/circular_bins.py": {"unscoped"},  # the same for drafts of circulars
}


def test_only_listed_files_may_walk_around_the_seal():
    found: dict[str, set[str]] = {}
    for app in [*OURS, "config"]:
        for path in (ROOT / app).rglob("*.py"):
            text = path.read_text()
            for escape, pattern in ESCAPES.items():
                if re.search(pattern, text) and "/migrations/" not in str(path):
                    found.setdefault(str(path.relative_to(ROOT)), set()).add(escape)
    surplus = {path: escapes - MAY_ESCAPE.get(path, set()) for path, escapes in found.items()}
    assert {path: escapes for path, escapes in surplus.items() if escapes} == {}


def test_the_database_itself_holds_every_parent_to_the_school(world):
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_constraint where contype = 'f' and array_length(conkey, 1) = 2")
        (held,) = cursor.fetchone()
    assert held == sum(isinstance(c, SameSchool) for m in [*OWNED, *OFFICES] for c in m._meta.constraints)
