"""Groups and community enterprises: list, page with members, entry, bin; and the groups that a course led to."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from courses.histories import happenings
from courses.views.remembered import remembered
from offices.permissions import Can, may, requires
from trainees import memberships
from trainees.forms.groups import MembersForm, SearchForm
from trainees.group_lists import GROUPS
from trainees.models import Member
from trainees.views import listed
from trainees.views.enrolments import visible_course
from trainees.views.refused import done

MOST_CANDIDATES = 50
EVENTS_SHOWN = 8


@require_safe
@requires(Can.VIEW_PRODUCTS)
@remembered("trainees:groups")
@vary_on_headers("HX-Request")
def group_list(request):
    return listed.listed(request, GROUPS)


@require_POST
@requires(Can.VIEW_PRODUCTS)
def group_export(request, ending):
    return listed.taken_away(request, GROUPS, ending)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_PRODUCTS)
def group_create(request):
    """A new group; with ?course=KEY its members are then chosen from that course."""
    key = request.GET.get("course", "")
    then = f"?course={key}#members" if key.isascii() and key.isdecimal() else ""
    return listed.entered(request, GROUPS, then=then)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_PRODUCTS)
def group_edit(request, pk):
    return listed.entered(request, GROUPS, _group(request, pk))


@require_POST
@requires(Can.EDIT_PRODUCTS)
def group_bin(request, pk):
    return listed.thrown_away(request, GROUPS, pk)


@require_POST
@requires(Can.EDIT_PRODUCTS)
def group_restore(request, pk):
    return listed.taken_back(request, GROUPS, pk)


@require_safe
@requires(Can.EDIT_PRODUCTS)
def group_bin_list(request):
    return listed.binned(request, GROUPS)


def _group(request, pk):
    return listed.visible_row(request, GROUPS, pk, "subdistrict__district__province")


@require_safe
@requires(Can.VIEW_PRODUCTS)
def group_detail(request, pk):
    group = _group(request, pk)
    may_edit = may(request.user, Can.EDIT_PRODUCTS)
    asked = SearchForm(request.user, group, request.GET) if may_edit and "course" in request.GET else None
    return _detail(request, group, **(_found(request, group, asked) if asked else {}))


def _detail(request, group, **more):
    members = list(memberships.members_of(request.user).filter(group=group))
    may_edit = may(request.user, Can.EDIT_PRODUCTS)
    courses = {member.enrolment.course_id: member.enrolment.course for member in members}
    context = {
        "group": group,
        "members": members,
        "people": len({member.enrolment.trainee_id for member in members}),
        "courses": [
            (course, sum(member.enrolment.course_id == key for member in members))
            for key, course in courses.items()
        ],
        "may_edit": may_edit,
        "events": happenings(group, request.user, most=EVENTS_SHOWN),
    }
    if may_edit and "search_form" not in more:
        more["search_form"] = SearchForm(request.user, group)
    return render(request, "trainees/group.html", context | more)


def _found(request, group, form):
    """Who could become a member, of those whom the form asks for."""
    if not form.is_valid():
        return {"search_form": form}
    asked = form.cleaned_data
    rows = memberships.candidates(group, request.user, text=asked["q"], course=asked["course"])
    found = list(rows[: MOST_CANDIDATES + 1])
    return {
        "search_form": form,
        "is_sought": bool(asked["q"] or asked["course"]),
        "candidates": found[:MOST_CANDIDATES],
        "more": len(found) > MOST_CANDIDATES,
    }


@require_POST
@requires(Can.EDIT_PRODUCTS)
def group_candidates(request, pk):
    """Sent by POST: it may be a document number that was typed."""
    group = _group(request, pk)
    found = _found(request, group, SearchForm(request.user, group, request.POST))
    if request.htmx:
        return render(request, "trainees/group.html#candidates", {"group": group, **found})
    return _detail(request, group, **found)


@require_POST
@requires(Can.EDIT_PRODUCTS)
def group_join(request, pk):
    group = _group(request, pk)
    form = MembersForm(request.user, group, request.POST)
    if form.is_valid():
        places = list(form.cleaned_data["people"])
        joined = done(form, memberships.join, group=group, places=places, by=request.user)
        if joined:
            told = ngettext("%(n)d person is a member now.", "%(n)d people are members now.", len(joined))
            messages.success(request, told % {"n": len(joined)})
            return redirect(f"{reverse('trainees:group_detail', args=[pk])}#members")
    ticked = [int(key) for key in request.POST.getlist("people") if _is_key(key)]
    rows = memberships.eligible(group, request.user).filter(pk__in=ticked)
    return _detail(request, group, members_form=form, candidates=list(rows[:MOST_CANDIDATES]), ticked=ticked)


def _is_key(text):
    return text.isascii() and text.isdecimal() and len(text) < 18


@require_POST
@requires(Can.EDIT_PRODUCTS)
def member_remove(request, pk):
    rows = memberships.members_of(request.user)
    member = get_object_or_404(rows, pk=pk)
    memberships.leave(member=member, by=request.user)
    messages.success(request, _("%(name)s is no longer a member.") % {"name": member.enrolment.trainee})
    return redirect(f"{reverse('trainees:group_detail', args=[member.group_id])}#members")


@require_safe
@requires(Can.VIEW_PRODUCTS)
@vary_on_headers("HX-Request")
def course_groups(request, pk):
    """The groups that people of a course formed or joined."""
    course = visible_course(request, pk)
    theirs = Member.objects.visible_to(request.user).filter(enrolment__course=course).order_by()
    counts = dict(theirs.values_list("group").annotate(people=Count("enrolment__trainee", distinct=True)))
    groups = GROUPS.model.objects.visible_to(request.user).filter(pk__in=counts)
    context = {
        "course": course,
        "groups": [(group, counts[group.pk]) for group in groups],
        "may_edit": may(request.user, Can.EDIT_PRODUCTS),
    }
    template = "trainees/course_groups.html#panel" if request.htmx else "trainees/course_groups.html"
    return render(request, template, context)
