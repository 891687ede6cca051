"""The screens of inviting many people from a sheet: template, check, confirm, the links once."""

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.invitation_sheets import check, columns_for, invite_all, read, write_sheet
from offices.permissions import Can, requires
from offices.thai.dates import short_datetime
from offices.views.invitations import invitation_link, send_invitation

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
AN_HOUR = 3600


class SheetForm(forms.Form):
    sheet = forms.FileField(
        label=gettext_lazy("Sheet"), help_text=gettext_lazy("The filled-in template, as .xlsx or .csv.")
    )


@require_GET
@requires(Can.MANAGE_ACCOUNTS)
def invitation_template(request, kind):
    if kind not in KINDS:
        raise Http404
    heads = [str(column.label) for column in columns_for(request.user)]
    return _download(write_sheet(heads, [], kind), f"invitations.{kind}", kind)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Can.MANAGE_ACCOUNTS)
def invitation_upload(request):
    form = SheetForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, "documents/invitations.html", {"form": form})
    try:
        rows = read(form.cleaned_data["sheet"], request.user)
    except ValidationError as refusal:
        form.add_error("sheet", refusal)
        return render(request, "documents/invitations.html", {"form": form})
    return _show_checked(request, check(request.user, rows))


@never_cache
@require_POST
@requires(Can.MANAGE_ACCOUNTS)
def invitation_confirm(request):
    rows = _unsigned(request, "rows")
    if rows is None:
        return redirect("documents:invitations")
    checked = check(request.user, rows)
    if checked.problems:
        return _show_checked(request, checked)
    slips = []
    for issued in invite_all(checked):
        link = invitation_link(request, issued)
        send_invitation(issued.invitation, link)
        slips.append({"invitation": issued.invitation, "link": link})
    links = [
        [
            slip["invitation"].place,
            slip["invitation"].name,
            slip["invitation"].username,
            short_datetime(slip["invitation"].expires_at),
            slip["link"],
        ]
        for slip in slips
    ]
    context = {"slips": slips, "links": _signed(request, "links", links)}
    return render(request, "documents/invitations_done.html", context)


@never_cache
@require_POST
@requires(Can.MANAGE_ACCOUNTS)
def invitation_result(request):
    """The links just shown, as a sheet. They come from the page itself: the database does not know them."""
    links = _unsigned(request, "links")
    if links is None:
        return redirect("offices:invitations")
    heads = [_("Place"), _("Full name"), _("User name"), _("Works until"), _("Link")]
    return _download(write_sheet(heads, links, "xlsx"), "invitation-links.xlsx", "xlsx")


def _show_checked(request, checked):
    context = {"checked": checked}
    if not checked.problems:
        context["rows"] = _signed(request, "rows", checked.rows)
    return render(request, "documents/invitations_checked.html", context)


def _signed(request, name, value):
    return signing.dumps(value, salt=f"{name}:{request.user.pk}", compress=True)


def _unsigned(request, name):
    """What this page gave this person within the hour, or None."""
    try:
        return signing.loads(request.POST.get(name, ""), salt=f"{name}:{request.user.pk}", max_age=AN_HOUR)
    except signing.BadSignature:
        return None


def _download(content, name, kind):
    return HttpResponse(
        content,
        content_type=KINDS[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
