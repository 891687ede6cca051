"""Anything may be typed or sent: the form answers, loses nothing, and stores only what it can."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supervision.forms import VisitForm
from supervision.models import Visit
from tests.supervision.test_pages import boxes, url

BOXES = [
    "version", "stage", "visited_on", "added_0_proposal", "added_7_text", "added_19_found", "added_1_text",
    "item_8_found", "item_99_found", "submit", "inner_9_name",
]  # fmt: skip
wild = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
text = st.text(max_size=300) | st.sampled_from(
    ["\x00", "๑๒", "-1", "9" * 40, "1e9", "null", "[]", "\u200b", "16/01/2569"]
)


@wild
@given(
    said=text,
    place=st.sampled_from(
        ["item_1_found", "added_0_text", "added_0_found", "inner_2_position", "recommendations"]
    ),
)
def test_any_text_is_kept_or_refused_with_a_reason(client, world, ours, filled, said, place):
    client.force_login(ours.supervisor)
    sent = boxes(ours.draft, ours.supervisor, filled, **{place: said})
    answer = client.post(url("edit", ours.draft), sent)
    assert answer.status_code == 302 or answer.context["form"].errors


@wild
@given(sent=st.dictionaries(st.sampled_from(BOXES), text))
def test_any_sending_is_answered(client, world, ours, sent):
    client.force_login(ours.supervisor)
    for name in ("edit", "autosave"):
        assert client.post(url(name, ours.draft), sent).status_code in (200, 302)


def test_no_more_than_twenty_items_are_added(world, ours):
    data = {f"added_{place}_text": "ก" for place in range(50)}
    visit = Visit.objects.visible_to(ours.supervisor).get(pk=ours.draft.pk)
    form = VisitForm(ours.supervisor, data, instance=visit, items=list(visit.form.items.all()))
    assert sum(name.endswith("_text") for name in form.fields) == 20
