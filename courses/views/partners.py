"""The register of partners: list, file, page, entry, bin."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses import bins, partner_exports
from courses.histories import happenings
from courses.models import CoDesigner, CoursePartner, Partner
from courses.partner_forms import PartnerForm
from courses.partner_lists import PartnerTable
from courses.tasks import export_partners
from courses.views.files import asked_of, sent
from courses.views.remembered import remembered
from offices.permissions import Can, may, requires

PER_PAGE = 25
SHOWN = 10


@require_safe
@requires(Can.VIEW_PARTNERS)
@remembered("courses:partners")
@vary_on_headers("HX-Request")
def partner_list(request):
    narrow = partner_exports.narrowed(request.user, request.GET)
    table = PartnerTable(narrow.qs, several_registers=narrow.sees_registers)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    page = {
        "filter": narrow,
        "table": table,
        "count": table.page.paginator.count,
        "may_edit": may(request.user, Can.EDIT_PARTNERS),
        "export_query": request.GET.urlencode(),
    }
    template = "courses/partners.html#results" if request.htmx else "courses/partners.html"
    return render(request, template, page)


@require_POST
@requires(Can.VIEW_PARTNERS)
def partner_export(request, ending):
    user, asked = request.user, asked_of(request)
    return sent(
        request,
        ending,
        count=partner_exports.rows_of(user, asked).count(),
        make=lambda: partner_exports.book(user, asked),
        task=export_partners,
        asked=asked,
    )


def _partner(request, pk):
    return get_object_or_404(Partner.objects.visible_to(request.user).select_related("province"), pk=pk)


@require_safe
@requires(Can.VIEW_PARTNERS)
def partner_detail(request, pk):
    """Who it is, and what it does in the courses and curricula that one sees."""
    partner, user = _partner(request, pk), request.user
    roles = CoursePartner.objects.visible_to(user).filter(partner=partner)
    designed = CoDesigner.objects.visible_to(user).filter(partner=partner)
    counted = dict(roles.order_by().values_list("role").annotate(Count("course", distinct=True)))
    return render(
        request,
        "courses/partner.html",
        {
            "partner": partner,
            "roles": [(label, counted[role]) for role, label in CoursePartner.Role.choices if role in counted],
            "in_courses": roles.select_related("course", "school").order_by("-course__starts_on", "pk")[:SHOWN],
            "course_count": roles.values("course").distinct().count(),
            "more_courses": roles.count() > SHOWN,
            "designed": designed.select_related("curriculum", "school").order_by(
                F("worked_on").desc(nulls_last=True), "pk"
            )[:SHOWN],
            "designed_count": designed.values("curriculum").distinct().count(),
            "more_designed": designed.count() > SHOWN,
            "several_schools": user.school_id is None,
            "may_edit": may(user, Can.EDIT_PARTNERS),
            "why_it_stays": bins.why_partner_stays(partner, user),
            "events": happenings(partner, user, most=SHOWN),
        },
    )


def _shown(request, form, **more):
    return render(request, "courses/partner_form.html", {"form": form, **more})


def _next(request):
    """Where to go on, when another form was left to enter a partner in passing."""
    address = request.GET.get("next", "")
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_PARTNERS)
def partner_create(request):
    form = PartnerForm(request.user, request.POST if request.method == "POST" else None)
    back_to = _next(request)
    if form.is_valid():
        partner = form.save()
        messages.success(request, _("The partner “%(name)s” has been saved.") % {"name": partner.name})
        return redirect(
            f"{back_to}?partner={partner.pk}" if back_to else reverse("courses:partner", args=[partner.pk])
        )
    return _shown(request, form, heading=_("New partner"), cancel=back_to or reverse("courses:partners"))


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_PARTNERS)
def partner_edit(request, pk):
    partner = _partner(request, pk)
    form = PartnerForm(request.user, request.POST if request.method == "POST" else None, instance=partner)
    here = reverse("courses:partner", args=[pk])
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(here)
    return _shown(request, form, heading=_("Change the partner"), cancel=here)


@require_POST
@requires(Can.EDIT_PARTNERS)
def partner_bin(request, pk):
    partner = _partner(request, pk)
    try:
        bins.throw_away(partner, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("courses:partner", pk)
    thrown = _("The partner “%(name)s” is in the bin.") % {"name": partner.name}
    messages.success(request, thrown, extra_tags=f"undo:{reverse('courses:partner_restore', args=[pk])}")
    return redirect("courses:partners")


@require_POST
@requires(Can.EDIT_PARTNERS)
def partner_restore(request, pk):
    partner = get_object_or_404(bins.still_kept(Partner, request.user), pk=pk)
    bins.take_back(partner, by=request.user)
    messages.success(request, _("The partner “%(name)s” is back.") % {"name": partner.name})
    return redirect("courses:partner", pk)


@require_safe
@requires(Can.EDIT_PARTNERS)
def partner_bin_list(request):
    """Partners that can still be taken back."""
    binned = [(row, bins.kept_until(row)) for row in bins.still_kept(Partner, request.user)]
    return render(request, "courses/partner_bin.html", {"partners": binned, "days": settings.BIN_DAYS})
