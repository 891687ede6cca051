"""Circulars as one reads them: the list, one of them, its files, on paper; acknowledging."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from documents import circulars
from documents.books import send_book
from documents.circular_exports import circulars_book
from documents.circular_lists import CircularFilter, CircularTable
from documents.circular_standing import by_province, sum_of, with_standing
from documents.files import file_name, serve
from documents.models import Circular, Delivery, Enclosure
from offices.permissions import Can, may, requires
from offices.views.lists import show_list


@require_GET
@requires(Can.VIEW_CIRCULARS)
def circular_list(request):
    return show_list(
        request,
        filter_class=CircularFilter,
        table_class=CircularTable,
        rows=with_standing(Circular.objects.visible_to(request.user), request.user),
        template="documents/circulars.html",
        may_send=may(request.user, Can.SEND_CIRCULARS),
        export_query=request.GET.urlencode(),
    )


@require_POST
@requires(Can.VIEW_CIRCULARS)
def circular_export(request, ending):
    return send_book(circulars_book(request.user, request.GET), ending, _("circulars"))


def _circular(request, pk):
    seen = Circular.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("sent_by", "replaces"), pk=pk)


def _own_delivery(request, circular):
    own = Delivery.objects.own_of(request.user).filter(circular=circular)
    return own.select_related("passed_on_by", "acknowledged_by").first()


@require_safe
@requires(Can.VIEW_CIRCULARS)
def circular_detail(request, pk):
    """Opening it is noted: the offices above see that it has been read."""
    user, circular = request.user, _circular(request, pk)
    circulars.mark_opened(circular=circular, by=user)
    seen = Circular.objects.visible_to(user)
    context = {
        "circular": circular,
        "delivery": _own_delivery(request, circular),
        "enclosures": Enclosure.objects.visible_to(user).filter(circular=circular).select_related("file"),
        "replaced_by": seen.filter(replaces=circular).exclude(status=Circular.Status.DRAFT).first(),
        "earlier": seen.filter(pk=circular.replaces_id).first(),
        "may_send": may(user, Can.SEND_CIRCULARS),
        "may_pass_on": may(user, Can.FORWARD_CIRCULARS) and circular.is_in_force,
        "may_acknowledge": may(user, Can.ACKNOWLEDGE_CIRCULARS) and circular.is_in_force,
    }
    if may(user, Can.FOLLOW_CIRCULARS) and not circular.is_draft:
        context |= {"sum": sum_of(circular, user), **_standing(circular, user)}
    return render(request, "documents/circular.html", context)


def _standing(circular, user):
    """By province for the department; which schools have not got it yet for a province."""
    if may(user, Can.FORWARD_CIRCULARS):
        return {"not_reached": circulars.not_reached(circular, user).count()}
    return {"provinces": by_province(circular, user)}


@require_safe
@requires(Can.VIEW_CIRCULARS)
def circular_file(request, pk):
    enclosure = get_object_or_404(Enclosure.objects.visible_to(request.user).select_related("file"), pk=pk)
    return serve(enclosure.file)


@require_safe
@requires(Can.VIEW_CIRCULARS)
def circular_paper(request, pk):
    from documents.circular_paper import write  # typesetting takes time and memory to load

    circular = _circular(request, pk)
    delivery = _own_delivery(request, circular)
    enclosures = Enclosure.objects.visible_to(request.user).filter(circular=circular)
    content = BytesIO()
    names = list(enclosures.values_list("file__name", flat=True))
    write(content, circular, names, delivery.note if delivery else "")
    content.seek(0)
    response = FileResponse(content, filename=file_name(f"{circular}.pdf"), content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@requires(Can.ACKNOWLEDGE_CIRCULARS)
def circular_acknowledge(request, pk):
    circular = _circular(request, pk)
    try:
        circulars.acknowledge(circular=circular, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Your school has acknowledged the circular."))
    return redirect("documents:circular", pk)
