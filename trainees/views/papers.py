"""The papers of a course: a panel to choose how, and forms 8, 9 and 10 as PDF."""

from io import BytesIO

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from courses import teaching
from courses.models import Course
from documents.files import file_name
from offices.permissions import Can, may, requires
from trainees.forms.papers import SIGNERS, FullPaperForm, PaperForm
from trainees.papers import signing
from trainees.papers.printing import FORMS, WITH_NUMBERS, note_disclosure, print_form, whole

REMEMBERED = "trainees:signers"


def _course(request, pk):
    return get_object_or_404(whole(Course.objects.visible_to(request.user)), pk=pk)


def pdf(content, name):
    """A paper, shown by the browser and kept by nobody on the way."""
    response = FileResponse(content, filename=file_name(name), content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    return response


def _printed(request, course, number, form, *, in_full=False):
    content = BytesIO()
    people = print_form(
        number, course, request.user, content, form.way(), filled=form.is_filled(), in_full=in_full
    )
    if in_full:
        note_disclosure(number, course, request.user, people, form.cleaned_data["reason"])
    signers = {name: form.cleaned_data[name] for name in SIGNERS if name != "instructor"}
    if any(signers.values()):
        request.session[REMEMBERED] = signers
    content.seek(0)
    return pdf(content, _("Form %(number)d %(course)s") % {"number": number, "course": course.name} + ".pdf")


def _panel(request, course, form):
    template = "trainees/papers.html#panel" if request.htmx else "trainees/papers.html"
    form.tell_recorded(signing.recorded(course, course.ends_on, request.user))
    numbers = [{"number": n, "has_numbers": n in WITH_NUMBERS} for n in FORMS]
    context = {
        "course": course,
        "form": form,
        "papers": numbers,
        "may_reveal": may(request.user, Can.REVEAL_IDS),
    }
    return render(request, template, context)


@vary_on_headers("HX-Request")
@require_safe
@requires(Can.VIEW_TRAINEES)
def course_papers(request, pk):
    course = _course(request, pk)
    instructor = next(iter(teaching.taught_by(request.user, course)), "")
    signers = request.session.get(REMEMBERED, {}) | {"instructor": instructor}
    return _panel(request, course, PaperForm(initial={"filled": "yes", **signers}, auto_id="paper_%s"))


@require_safe
@requires(Can.VIEW_TRAINEES)
def course_paper(request, pk, number):
    """One form; document numbers are masked."""
    course = _course(request, pk)
    if number not in FORMS:
        raise Http404
    form = PaperForm(request.GET, auto_id="paper_%s")
    if not form.is_valid():
        return _panel(request, course, form)
    return _printed(request, course, number, form)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.REVEAL_IDS)
def course_paper_in_full(request, pk, number):
    """Form 8 or 10 with document numbers in full: asked once more, and then written down."""
    course = _course(request, pk)
    if number not in WITH_NUMBERS:
        raise Http404
    if request.method == "POST":
        form = FullPaperForm(request.POST)
        if form.is_valid():
            return _printed(request, course, number, form, in_full=True)
    else:
        form = FullPaperForm(initial=request.GET.dict() | {"filled": request.GET.get("filled", "yes")})
    return render(request, "trainees/paper_in_full.html", {"course": course, "form": form, "number": number})
