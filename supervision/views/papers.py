"""Form 11 as PDF: that of a visit, and an empty one to be written on."""

from io import BytesIO

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from offices.clock import today
from offices.permissions import Can, requires
from supervision.form_eleven import form_eleven, whole
from supervision.models import FormVersion, Visit
from supervision.papers.form_eleven import write, write_empty
from trainees.views.papers import pdf

THAI_DIGITS = "thai_digits"


@require_safe
@requires(Can.VIEW_SUPERVISION)
def visit_paper(request, pk):
    visit = get_object_or_404(whole(Visit.objects.visible_to(request.user)), pk=pk)
    content = BytesIO()
    with override("th"):  # the form is Thai, whatever the language of the screen
        form = form_eleven(visit, request.user)
        write(content, form, thai_digits=THAI_DIGITS in request.GET)
    content.seek(0)
    return pdf(content, _("Form 11 %(course)s") % {"course": visit.course.name} + ".pdf")


@require_safe
@requires(Can.VIEW_SUPERVISION)
def empty_paper(request):
    """In the wording of today."""
    version = FormVersion.objects.valid_on(today())
    content = BytesIO()
    write_empty(content, version.wording, version.items.all(), thai_digits=THAI_DIGITS in request.GET)
    content.seek(0)
    return pdf(content, _("Form 11, empty") + ".pdf")
