"""Who may go where: the specification, one line per route. A route without a line fails the build.

For each route: the roles that may GET it, the roles that may POST to it, and whose row its key names.
A refused role gets 403 whatever the key; a stranger's key is 404; no page names another place.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from courses.models import Course, Curriculum
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
    "courses:curriculum": Line(get=BUSINESS, key="curriculum"),
    "courses:curriculum_copy": Line(get={S}, key="curriculum"),
    "courses:curriculum_create": Line(get={S}, post={S}),
    "courses:curriculum_edit": Line(get={S}, post={S}, key="curriculum"),
    "courses:curriculum_bin": Line(post={S}, key="curriculum"),
    "courses:curriculum_restore": Line(post={S}, key="binned_curriculum"),
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
    # supervision
    "supervision:list": Line(get=BUSINESS),
    "supervision:course": Line(get=BUSINESS, key="course"),
    "supervision:begin": Line(get={P, D}, post={P, D}, key="course"),
    "supervision:propose": Line(post={S}, key="course"),
    "supervision:withdraw_proposal": Line(post={S}, key="proposal"),
    "supervision:detail": Line(get=BUSINESS, key="submitted_visit"),
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
    "reports:evidence": Line(get=BUSINESS),
    "reports:list": Line(get=BUSINESS),
    "reports:compile": Line(post=BUSINESS),
}

# Open without signing in, or concerning one's own sign-in only: each has tests of its own.
OPEN = {"healthz", "readyz", "set_language", "gallery", "offices:accept_invitation"}
OWN_TESTS = ("admin:", "account_", "mfa_")

# Keys of rows that belong to places, hence have strangers.
PLACED = {line.key for line in MATRIX.values()} - {"", "year", "sheet", "ending", "number_kind"}


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


def photo_of(course, user):
    """A row with its two pictures on the disk."""
    photo = make.CoursePhotoFactory(course=course, added_by=user)
    for name in (photo.file.name, photo.small_name):
        photo.file.storage.save(name, ContentFile(b"picture"))
    return photo


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


def kwargs_for(world, role: str, key: str, *, ours: bool = True) -> dict:
    """The route's arguments, naming a row of our side or of theirs, which is made ready for the act."""
    side = side_of(world, role, ours=ours)
    somebody = world.users[role] if ours else world.strangers[S]
    match key:
        case "":
            return {}
        case "year":
            return {"pk": world.year.pk}
        case "sheet":
            return {"kind": "xlsx"}
        case "ending":
            return {"ending": "xlsx"}
        case "account":
            return {"pk": User.objects.get(school=side.school).pk}
        case "invitation":
            return {"pk": invitation_for(world, A, side.school).pk}
        case "school":
            return {"pk": side.school.pk}
        case "photo" | "binned_photo" | "picture":
            photo = photo_of(side.course, somebody)
            if key == "binned_photo":
                thrown_away(photo)
            return {"pk": photo.pk} | ({"size": "small"} if key == "picture" else {})
        case "job":
            return {"pk": job_of(somebody).pk}
        case "failed_job" | "job_without_result":
            return {"pk": job_of(somebody, status="failed", finished_at=timezone.now()).pk}
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
            return {"pk": make.SessionFactory(course=side.course).pk}
        case "visit" | "submitted_visit" | "binned_visit":
            return {"pk": visit_of(side, somebody, key).pk}
        case "proposal":
            return {"pk": make.ProposedItemFactory(course=side.course, proposed_by=somebody).pk}
        case binned if binned.startswith("binned_"):
            return {"pk": thrown_away(getattr(side, binned.removeprefix("binned_"))).pk}
        case attribute:
            return {"pk": getattr(side, attribute).pk}


def ask(client, world, role: str, name: str, method: str, *, ours: bool = True):
    client.force_login(world.users[role])
    kwargs = kwargs_for(world, role, MATRIX[name].key, ours=ours)
    says = MATRIX[name].says
    if isinstance(says, str):
        return client.generic(method, reverse(name, kwargs=kwargs), says, content_type="application/json")
    return getattr(client, method)(reverse(name, kwargs=kwargs), dict(says))


def cases(of_role) -> list:
    return [
        pytest.param(name, role, method, id=f"{name}-{role}-{method}")
        for name, line in MATRIX.items()
        for method in ("get", "post")
        for role in sorted(ALL)
        if of_role(line, method, role)
    ]


def test_every_route_is_in_the_matrix_and_every_line_has_a_route():
    assert set(MATRIX) == set(ROUTES)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_route_declares_its_permission(name):
    assert hasattr(ROUTES[name].callback, "requires"), f"{name} lacks @requires"


@pytest.mark.parametrize("name, role, method", cases(lambda line, m, role: role in getattr(line, m)))
def test_who_may_does_not_meet_a_wall(client, world, name, role, method):
    response = ask(client, world, role, name, method)
    if response.streaming:
        response.getvalue()  # reading to the end closes the file behind it
    # A file that is not there yet is the one thing that one's own job may lack.
    expected = {404} if MATRIX[name].key == "job_without_result" else {200, 302}
    assert response.status_code in expected


@pytest.mark.parametrize(
    "name, role, method", cases(lambda line, m, role: getattr(line, m) and role not in getattr(line, m))
)
@pytest.mark.parametrize("ours", [True, False], ids=["own row", "other's row"])
def test_who_may_not_is_refused_whoever_owns_the_row(client, world, name, role, method, ours):
    assert ask(client, world, role, name, method, ours=ours).status_code == 403


@pytest.mark.parametrize("name, role, method", cases(lambda line, m, role: not getattr(line, m)))
def test_a_method_that_a_route_does_not_offer_does_nothing(client, world, name, role, method):
    assert ask(client, world, role, name, method).status_code in {403, 405}


@pytest.mark.parametrize(
    "name, role, method",
    cases(
        lambda line, m, role: (
            role in getattr(line, m)
            and line.key in PLACED
            and (role in {S, P} or "job" in line.key or line.key == "waiver")
        )
    ),
)
def test_other_places_rows_do_not_exist(client, world, name, role, method):
    before = everything(world)
    assert ask(client, world, role, name, method, ours=False).status_code == 404
    if not MATRIX[name].key.startswith("binned_"):
        assert everything(world) == before


def everything(world) -> list:
    """All business rows as they are, to see that a refused act changed none."""
    models = (Curriculum, Course, Trainee, Enrolment)
    return [list(m.objects.visible_to(DEPARTMENT_EYES).order_by("pk").values()) for m in models]


@pytest.mark.parametrize(
    "name, role, method", cases(lambda line, m, role: m == "get" and role in line.get & {S, P})
)
def test_no_page_shows_another_place(client, world, name, role, method):
    response = ask(client, world, role, name, method)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    others = [world.their_school, world.attached_school, world.their_province]
    if role == S:
        others.append(world.sister_school)
    theirs = [world.theirs.trainee.full_name, world.theirs.curriculum.title, world.strangers[S].name]
    for words in (*(str(place) for place in others), *theirs):
        assert words not in content.decode("utf-8", "ignore")


@pytest.mark.parametrize("name", [n for n, line in MATRIX.items() if line.get])
def test_nobody_gets_in_without_signing_in(client, world, name):
    kwargs = kwargs_for(world, S, MATRIX[name].key)
    response = client.get(reverse(name, kwargs=kwargs))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
