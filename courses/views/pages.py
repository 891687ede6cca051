"""One course, everything about it on one page."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from courses import bins, life, panels, teaching
from courses.forms import is_changeable
from courses.histories import happenings
from courses.models import Course
from offices.permissions import Can, may, requires

EVENTS_SHOWN = 8


@require_safe
@requires(Can.VIEW_COURSES)
def course_detail(request, pk):
    courses = Course.objects.visible_to(request.user).select_related(
        "school", "curriculum", "project", "course_type", "fiscal_year", "subdistrict__district__province"
    )
    course = get_object_or_404(courses, pk=pk)
    may_edit = may(request.user, Can.EDIT_COURSES)
    events = happenings(course, request.user, most=EVENTS_SHOWN + 1)
    return render(
        request,
        "courses/detail.html",
        {
            "course": course,
            "may_edit": may_edit,
            "may_change": may_edit and is_changeable(course),
            "ways": _ways(course) if may_edit else [],
            "why_it_stays": bins.why_course_stays(course),
            "milestones": life.milestones(course),
            "stopped": course.status in (Course.Status.POSTPONED, Course.Status.CANCELLED),
            "taught_by": teaching.taught_by(request.user, course),
            "people": panels.people_on(request.user, [course.pk]).get(course.pk),
            "panels": _panels(request.user, course),
            "events": events[:EVENTS_SHOWN],
            "more_events": len(events) > EVENTS_SHOWN,
        },
    )


def _ways(course):
    """The steps that may follow now. Those judged on a higher floor lead there, those with a reason ask for it."""
    ways = []
    for step in life.steps_from(course.status):
        judged = panels.move_to(step.to) if step.is_forward else None
        asks = f"{reverse('courses:move', args=[course.pk])}?to={step.to}" if step.needs_reason else ""
        url = reverse(judged.url_name, args=[course.pk]) if judged else asks
        ways.append({"step": step, "url": url})
    return ways


def _panels(user, course):
    return [
        {"title": panel.title, "url": reverse(panel.url_name, args=[course.pk])}
        for panel in panels.panels()
        if may(user, panel.permission)
    ]


@require_safe
@requires(Can.VIEW_COURSES)
def course_history(request, pk):
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=pk)
    events = happenings(course, request.user)
    return render(request, "courses/history.html", {"course": course, "events": events})
