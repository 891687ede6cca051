"""The register: one person's page, entering, changing, mending a document, showing a number in full."""

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.models import Course
from offices.clock import today
from offices.permissions import Can, may, requires
from offices.thai.dates import numeric_date
from offices.thai.national_id import ZERO_RESTORED
from offices.thai.phones import ZERO_RESTORED as PHONE_ZERO_RESTORED
from trainees import operations, register
from trainees.ages import age_on
from trainees.forms import DerivedForm, MendDocumentForm, RevealForm, TraineeForm
from trainees.forms.people import offered
from trainees.gaps import gaps_of
from trainees.histories import happenings
from trainees.models import Enrolment, Maker, Trainee
from trainees.models.facts import Fact, PolicyGroup
from trainees.policy import policy_groups
from trainees.privacy import notice_of
from trainees.tables import born_shown
from trainees.views.refused import done, done_or_told, typed


def _people(user):
    places = Trainee.objects.visible_to(user).select_related("school", "subdistrict__district__province")
    return places.defer(*Trainee.ENCRYPTED)


def _known(user):
    """Those whose data has not been erased: nobody else can be changed."""
    return _people(user).filter(Trainee.KNOWN)


def _shown(request, form, **more):
    since, notice = notice_of(today())
    context = {
        "form": form,
        "offered": {of: offered(of) for of in ("titles", "nationalities", "religions")},
        "derived": DerivedForm.of(request.user, form).derived(),
        "today": numeric_date(today()),
        "notice": notice,
        "notice_since": since,
        "retention_years": settings.RETENTION_YEARS,
    }
    return render(request, "trainees/form.html", context | more)


@require_POST
@requires(Can.EDIT_TRAINEES)
def derived(request):
    """What follows from a birth date and an address, while they are typed. By POST: they stay out of addresses."""
    form = DerivedForm(request.user, request.POST)
    return render(request, "trainees/form.html#derived", {"derived": form.derived()})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_TRAINEES)
def trainee_create(request):
    """A new person; with ?course=KEY also put on that course in one go."""
    course = _course_asked_for(request)
    form = TraineeForm(request.user, typed(request), course=course)
    if form.is_valid():
        trainee = _saved_with_place(request, form, course)
        if trainee is not None:
            return redirect("courses:detail", course.pk) if course else redirect("trainees:detail", trainee.pk)
    cancel = reverse("courses:detail", args=[course.pk]) if course else reverse("trainees:list")
    enrol_twin = course is not None and form.twin is not None and form.twin.pk
    return _shown(request, form, course=course, heading=_("New trainee"), cancel=cancel, enrol_twin=enrol_twin)


def _course_asked_for(request):
    key = request.GET.get("course", "")
    if not key:
        return None
    courses = Course.objects.visible_to(request.user).select_related("course_type")
    return get_object_or_404(courses, pk=int(key) if key.isascii() and key.isdecimal() else 0)


def _saved_with_place(request, form, course):
    """The new person, on the course too; None when something refused, and then nothing is saved."""
    try:
        with transaction.atomic():
            trainee = form.save()
            if course is not None and not done(
                form,
                operations.enrol,
                course=course,
                trainees=[trainee],
                by=request.user,
                joined_on=form.cleaned_data.get("joined_on"),
                application=form.application,
            ):
                transaction.set_rollback(True)
                return None
    except IntegrityError:  # a colleague entered the same person in the same moment
        form.add_error("number", _("Somebody has entered this person in this moment. Look at the register."))
        return None
    if form.zero_was_missing:
        messages.info(request, ZERO_RESTORED)
    _tell_of_phone(request, form)
    told = _("%(name)s is in the register and on the course.") if course else _("%(name)s is in the register.")
    messages.success(request, told % {"name": trainee})
    return trainee


def _tell_of_phone(request, form):
    if form.phone_zero_was_missing:
        messages.info(request, PHONE_ZERO_RESTORED)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_TRAINEES)
def trainee_edit(request, pk):
    trainee = get_object_or_404(_known(request.user), pk=pk)
    was = operations.application_facts(trainee)
    form = TraineeForm(request.user, typed(request), instance=trainee)
    if form.is_valid():
        form.save()
        operations.follow_register(trainee=trainee, was=was, by=request.user)
        _tell_of_phone(request, form)
        messages.success(request, _("Saved."))
        return redirect("trainees:detail", pk)
    cancel = reverse("trainees:detail", args=[pk])
    return _shown(request, form, trainee=trainee, heading=_("Change the trainee"), cancel=cancel)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_TRAINEES)
def trainee_mend_id(request, pk):
    trainee = get_object_or_404(_known(request.user), pk=pk)
    form = MendDocumentForm(request.user, typed(request), trainee=trainee)
    if form.is_valid():
        typed_in = form.cleaned_data
        mended = done(
            form,
            register.mend_document,
            trainee=trainee,
            kind=typed_in["document_kind"],
            number=typed_in["number"],
            why_none=typed_in["no_document_reason"],
            reason=typed_in["reason"],
            by=request.user,
        )
        if mended:
            if form.zero_was_missing:
                messages.info(request, ZERO_RESTORED)
            messages.success(request, _("The document has been mended; all courses stay with the person."))
            return redirect("trainees:detail", pk)
    return render(request, "trainees/mend_id.html", {"form": form, "trainee": trainee})


@require_safe
@requires(Can.VIEW_TRAINEES)
def trainee_detail(request, pk):
    return _detail(request, get_object_or_404(_people(request.user), pk=pk))


@never_cache
@require_POST
@requires(Can.REVEAL_IDS)
def trainee_reveal(request, pk):
    """The number in full, once, on this answer only; who looked is written down."""
    trainee = get_object_or_404(_known(request.user), pk=pk)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _detail(request, trainee, reveal_form=form)
    reason = form.cleaned_data["reason"]
    number = done_or_told(request, register.reveal, trainee=trainee, by=request.user, reason=reason)
    return _detail(request, trainee, number=number)


def _detail(request, trainee, **more):
    user = request.user
    places = Enrolment.objects.visible_to(user).filter(trainee=trainee).select_related("course")
    age = age_on(today(), trainee.birth_date, trainee.birth_precision)
    return render(
        request,
        "trainees/detail.html",
        {
            "trainee": trainee,
            "age": age,
            "born": born_shown(trainee),
            "groups": [Fact(fact).label for fact in trainee.facts],
            "policy_groups": _labels(policy_groups(trainee.facts, age, trainee.subdistrict)),
            "made": Maker.objects.visible_to(user).filter(enrolment__trainee=trainee).select_related("product"),
            "places": places.order_by("-course__starts_on", "-pk"),
            "events": happenings(trainee, user),
            "gaps": gaps_of(trainee),
            "notice_since": notice_of(trainee.consented_on)[0] if trainee.consented_on else None,
            "may_edit": may(user, Can.EDIT_TRAINEES) and not trainee.erased_at,
            "may_reveal": may(user, Can.REVEAL_IDS) and trainee.document_kind != Trainee.Document.NONE,
            "reveal_form": RevealForm(),
            **more,
        },
    )


def _labels(groups):
    return [group.label for group in PolicyGroup if group in groups]
