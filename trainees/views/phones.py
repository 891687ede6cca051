"""What a person answers on a phone, by a link and without signing in: form 12, and the follow-up."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from offices.links import DeadLink, public
from trainees import asking, satisfaction
from trainees.forms import FollowUpForm, SatisfactionForm
from trainees.models import FollowUp, Satisfaction
from trainees.papers.wording import wording
from trainees.views.refused import done, typed


@require_http_methods(["GET", "HEAD", "POST"])
@public(satisfaction.LINK)
def satisfaction_form(request, opened):
    place = satisfaction.who_may_answer(opened.eyes, opened.pk)
    if place is None:
        raise DeadLink
    if satisfaction.answer_of(opened.eyes, place):
        return render(request, "public/thanks.html")
    answer = Satisfaction(enrolment=place, school_id=place.school_id)
    form = SatisfactionForm(typed(request), instance=answer, words=wording("pt12", place.course.starts_on))
    if form.is_valid() and done(form, satisfaction.answer_by_phone, answer=form.instance, eyes=opened.eyes):
        return redirect(request.path)  # which now says thanks
    return render(request, "public/satisfaction.html", {"form": form, "place": place})


@require_http_methods(["GET", "HEAD", "POST"])
@public(asking.LINK)
def follow_up_form(request, opened):
    wave = opened.part
    place = asking.place_to_ask(opened.eyes, opened.pk, wave)
    if place is None:
        raise DeadLink
    there = asking.record_of(opened.eyes, place, wave)
    if there and there.outcome == FollowUp.Outcome.ANSWERED:
        return render(request, "public/thanks.html")
    answer = there or FollowUp(school_id=place.school_id, wave=wave)
    answer.enrolment = place
    form = FollowUpForm(typed(request), instance=answer)
    if form.is_valid() and done(form, asking.answer_by_phone, answer=form.instance, eyes=opened.eyes):
        return redirect(request.path)  # which now says thanks
    return render(request, "public/follow_up.html", {"form": form, "place": place})
