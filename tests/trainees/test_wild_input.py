"""Whatever is typed: an answer beside the field, never a fault of ours."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from offices.roles import Role
from trainees.identity import keys_of
from trainees.models import Trainee

NASTY = st.sampled_from(
    [
        "\x00",
        "a\x00b",
        "9" * 5000,
        "๑๒๓",
        "🙂🙂",
        "\u202eกลับ",
        "\ud800",
        "-1",
        "1e9",
        "<script>",
        "%s%(x)s",
        "' or 1=1",
    ]
)
SENT = st.text(max_size=60) | NASTY
relaxed = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def encodable(facts):
    """A browser cannot send half a character."""
    return {name: text.encode("utf-8", "replace").decode() for name, text in facts.items()}


FORMS = {
    "trainees:create": ["title", "first_name", "surname", "document_kind", "number", "no_document_reason", "sex",
                        "birth_date", "education", "facts", "facts_other", "house_number", "moo", "village",
                        "subdistrict", "postal_code", "phone", "monastic_name", "nationality", "religion",
                        "occupation", "occupation_other", "consented_on", "different_person"],
    "trainees:derived": ["birth_date", "subdistrict"],
    "trainees:find": ["number"],
    "trainees:export": ["format"],
}  # fmt: skip
OF_PEOPLE = {
    "trainees:edit": ["first_name", "surname", "sex", "birth_date", "facts", "subdistrict", "phone", "version"],
    "trainees:mend_id": ["document_kind", "number", "no_document_reason", "reason"],
    "trainees:reveal": ["reason"],
    "trainees:erase": ["reason"],
}
OF_COURSES = {
    "trainees:candidates": ["q"],
    "trainees:enrol": ["people", "joined_on"],
    "trainees:course_open": ["came", "first_day"],
    "trainees:mark_came": ["came", "on"],
    "trainees:waiver_ask": ["reason"],
}
OF_PLACES = {
    "trainees:enrolment_edit": [
        "enrolled_on",
        "skill_purpose",
        "reasons",
        "reasons_other",
        "has_occupation",
        "income_before",
        "heard_from",
        "facts",
        "qualification",
        "version",
    ],
    "trainees:withdraw": ["withdrawn_on", "reason"],
}
KEYED = {
    **dict.fromkeys(OF_PEOPLE, "trainee"),
    **dict.fromkeys(OF_COURSES, "course"),
    **dict.fromkeys(OF_PLACES, "enrolment"),
}
FIELDS = FORMS | OF_PEOPLE | OF_COURSES | OF_PLACES


@pytest.mark.parametrize("name", FIELDS)
@relaxed
@given(data=st.data())
def test_no_form_falls_over(clerk, client, world, name, data):
    key = KEYED.get(name)
    url = reverse(name, args=[getattr(world.ours, key).pk] if key else [])
    facts = encodable({field: data.draw(SENT) for field in FIELDS[name]})
    assert client.post(url, facts).status_code in (200, 302, 404)
    assert Trainee.objects.visible_to(world.strangers[Role.SCHOOL]).count() == 1


@pytest.mark.parametrize(
    "field", ["q", "sex", "age", "document", "gaps", "year", "course", "person", "page", "sort"]
)
@relaxed
@given(text=SENT)
@example(text="99999999999999999999")
def test_no_filter_falls_over(clerk, client, world, field, text):
    asked = encodable({field: text})
    assert client.get(reverse("trainees:list"), asked).status_code in (200, 302)
    assert client.get(reverse("trainees:waivers"), asked).status_code == 200


@relaxed
@given(text=SENT)
def test_a_number_is_read_or_refused(text):
    assert all(key is not None for key in keys_of(text))
