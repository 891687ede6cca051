"""Schools, their province of today and of earlier days, and who saw their people's data."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offices.lists import SchoolFilter, SchoolTable, schools_of
from offices.models import Province, School
from offices.moving import close_school, memberships_of, move_school, open_school
from offices.permissions import Can, may, requires
from offices.school_forms import MovingForm, NewSchoolForm, SchoolClosingForm
from offices.scoping import provinces_for
from offices.views.lists import show_list


@require_GET
@requires(Can.VIEW_SCHOOLS)
def school_list(request):
    return show_list(
        request,
        filter_class=SchoolFilter,
        table_class=SchoolTable,
        rows=schools_of(request.user).order_by("name_order", "pk"),
        template="offices/schools.html",
        may_edit=may(request.user, Can.EDIT_SCHOOLS),
        export_query=request.GET.urlencode(),
    )


@require_GET
@requires(Can.VIEW_SCHOOLS)
def school_detail(request, pk):
    rows = schools_of(request.user).select_related("district__province")
    school = get_object_or_404(rows, pk=pk)
    known = memberships_of(school).filter(province__in=Province.objects.filter(provinces_for(request.user)))
    context = {
        "school": school,
        "memberships": known.order_by(F("starts_on").desc()),
        "may_edit": may(request.user, Can.EDIT_SCHOOLS),
    }
    return render(request, "offices/school.html", context)


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_SCHOOLS)
def school_new(request):
    form = NewSchoolForm(request.user, request.POST or None)
    if form.is_valid():
        school = open_school(
            school=form.save(commit=False), province=form.cleaned_data["province"], by=request.user
        )
        messages.success(request, _("%(school)s is stored.") % {"school": school})
        return redirect("offices:school", pk=school.pk)
    return render(request, "offices/school_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_SCHOOLS)
def school_move(request, pk):
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    form = MovingForm(request.POST or None)
    if form.is_valid():
        try:
            move_school(school=school, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The move of %(school)s is stored.") % {"school": school})
            return redirect("offices:school", pk=pk)
    return render(request, "offices/school_move.html", {"school": school, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_SCHOOLS)
def school_close(request, pk):
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    form = SchoolClosingForm(request.POST or None)
    if form.is_valid():
        try:
            close_school(school=school, on=form.cleaned_data["closed_on"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("%(school)s is closed.") % {"school": school})
            return redirect("offices:school", pk=pk)
    return render(request, "offices/school_close.html", {"school": school, "form": form})


@require_POST
@requires(Can.EDIT_SCHOOLS)
def school_reopen(request, pk):
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    close_school(school=school, on=None, by=request.user)
    messages.success(request, _("%(school)s is open again.") % {"school": school})
    return redirect("offices:school", pk=pk)
