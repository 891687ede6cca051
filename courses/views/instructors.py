"""The register of instructors: list, page, entry, numbers in full, erasing, bin, file."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses import appointing, bins, erasing, instructor_lists, secret_numbers
from courses.histories import happenings
from courses.instructor_forms import EraseForm, InstructorForm, RevealForm
from courses.instructor_lists import InstructorTable
from courses.models import Course, Instructor, Teaching
from courses.tasks import export_instructors
from courses.views.exporting import exported
from courses.views.remembered import remembered
from offices.permissions import Can, may, requires

PER_PAGE = 25
EVENTS_SHOWN = 10


def _people(user):
    people = Instructor.objects.visible_to(user).select_related("school", "subdistrict__district__province")
    return people.defer(*Instructor.ENCRYPTED)


def _known(user):
    """Those whose data has not been erased: nobody else can be changed."""
    return _people(user).filter(Instructor.KNOWN)


@require_safe
@requires(Can.VIEW_COURSES)
@remembered("courses:instructors")
@vary_on_headers("HX-Request")
def instructor_list(request):
    narrow = instructor_lists.narrowed(request.user, request.GET)
    table = InstructorTable(narrow.qs, several_schools=narrow.sees_schools)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    query = urlencode({name: value for name, value in request.GET.items() if value and name != "page"})
    page = {"filter": narrow, "table": table, "count": table.page.paginator.count, "query": query}
    template = "courses/instructors.html#results" if request.htmx else "courses/instructors.html"
    return render(request, template, page | {"may_edit": may(request.user, Can.EDIT_COURSES)})


@require_POST
@requires(Can.VIEW_COURSES)
def instructor_export(request):
    return exported(request, export_instructors)


def _detail(request, instructor, **more):
    rows = Teaching.objects.visible_to(request.user).filter(instructor=instructor, course__binned_at=None)
    has_numbers = instructor.masked_id or instructor.masked_account
    return render(
        request,
        "courses/instructor.html",
        {
            "instructor": instructor,
            "rows": rows.select_related("course").order_by("-course__starts_on", "-pk"),
            "events": happenings(instructor, request.user, most=EVENTS_SHOWN),
            "may_edit": may(request.user, Can.EDIT_COURSES) and not instructor.erased_at,
            "may_reveal": may(request.user, Can.REVEAL_IDS) and has_numbers,
            "reveal_form": RevealForm(),
            **more,
        },
    )


@require_safe
@requires(Can.VIEW_COURSES)
def instructor_detail(request, pk):
    return _detail(request, get_object_or_404(_people(request.user), pk=pk))


@never_cache
@require_POST
@requires(Can.REVEAL_IDS)
def instructor_reveal(request, pk):
    """Both numbers in full, once, on this answer only; who looked is written down."""
    instructor = get_object_or_404(_known(request.user), pk=pk)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _detail(request, instructor, reveal_form=form)
    try:
        reason = form.cleaned_data["reason"]
        numbers = secret_numbers.reveal(instructor=instructor, by=request.user, reason=reason)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("courses:instructor", pk)
    return _detail(request, instructor, numbers=numbers)


def _shown(request, form, **more):
    return render(request, "courses/instructor_form.html", {"form": form, **more})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_COURSES)
def instructor_create(request):
    """A new instructor; with ?course=KEY also put on that course in one go."""
    course = _course_asked_for(request)
    form = InstructorForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid() and (instructor := _saved(form)):
        messages.success(request, _("%(name)s is in the register of instructors.") % {"name": instructor})
        if course is None:
            return redirect("courses:instructor", instructor.pk)
        appointing.appoint_new(instructor, course=course, by=request.user)
        return redirect("courses:teachings", course.pk)
    back = reverse("courses:teachings", args=[course.pk]) if course else reverse("courses:instructors")
    return _shown(request, form, heading=_("New instructor"), cancel=back, course=course)


def _saved(form):
    """The instructor; None when a colleague entered the same ID in the same moment."""
    try:
        with transaction.atomic():
            return form.save()
    except IntegrityError:
        form.add_error("id_number", _("Somebody has entered this person in this moment. Look at the register."))
        return None


def _course_asked_for(request):
    key = request.GET.get("course", "")
    if not key:
        return None
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < 16 else 0
    return get_object_or_404(Course.objects.visible_to(request.user).exclude(status__in=Course.OVER), pk=number)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_COURSES)
def instructor_edit(request, pk):
    instructor = get_object_or_404(_known(request.user), pk=pk)
    form = InstructorForm(request.user, request.POST if request.method == "POST" else None, instance=instructor)
    if form.is_valid() and _saved(form):
        messages.success(request, _("Saved."))
        return redirect("courses:instructor", pk)
    cancel = reverse("courses:instructor", args=[pk])
    return _shown(request, form, heading=_("Change the instructor"), cancel=cancel, instructor=instructor)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_COURSES)
def instructor_erase(request, pk):
    instructor = get_object_or_404(_known(request.user), pk=pk)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            erasing.erase(instructor=instructor, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The person's data has been erased. That it was done is in the log."))
            return redirect("courses:instructor", pk)
    cancel = reverse("courses:instructor", args=[pk])
    return render(
        request, "courses/instructor_erase.html", {"form": form, "instructor": instructor, "cancel": cancel}
    )


@require_POST
@requires(Can.EDIT_COURSES)
def instructor_bin(request, pk):
    instructor = get_object_or_404(_people(request.user), pk=pk)
    try:
        bins.throw_away(instructor, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("courses:instructor", pk)
    undo = reverse("courses:instructor_restore", args=[pk])
    thrown = _("%(name)s is in the bin.") % {"name": instructor}
    messages.success(request, thrown, extra_tags=f"undo:{undo}")
    return redirect("courses:instructors")


@require_POST
@requires(Can.EDIT_COURSES)
def instructor_restore(request, pk):
    binned = bins.still_kept(Instructor, request.user).defer(*Instructor.ENCRYPTED)
    instructor = get_object_or_404(binned, pk=pk)
    try:
        bins.take_back(instructor, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("courses:bin_list")
    messages.success(request, _("%(name)s is in the register again.") % {"name": instructor})
    return redirect("courses:instructor", pk)
