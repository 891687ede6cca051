"""The shared parts of pages: what they promise to a reader who sees, hears or has no script."""

import django_tables2 as tables
import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils import translation


class PersonForm(forms.Form):
    name = forms.CharField(help_text="As on the card", max_length=5)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    token = forms.CharField(widget=forms.HiddenInput)
    nick = forms.CharField(required=False, widget=forms.TextInput(attrs={"class": "wide"}))


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def show(rf):
    return lambda name, query="", **context: render_to_string(
        f"components/{name}", context, rf.get(f"/list/{query}")
    )


def test_a_faulty_field_is_wired_to_its_help_and_its_error():
    html = PersonForm({"name": "too long"})["name"].as_field_group()
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html and 'id="id_name_error"' in html
    assert 'value="too long"' in html


def test_widgets_bring_their_looks_and_keep_their_own_class():
    form = PersonForm()
    assert 'class="form-control wide"' in str(form["nick"])
    assert str(form["kind"]).count('class="form-check-input"') == 2
    assert "class" not in str(form["token"])


def test_only_what_may_stay_empty_is_called_optional():
    form = PersonForm()
    assert "optional" in form["nick"].as_field_group()
    assert "optional" not in form["name"].as_field_group()


def test_the_summary_leads_to_every_faulty_field_and_tells_of_hidden_ones(show):
    html = show("error_summary.html", form=PersonForm({"name": ""}))
    assert 'role="alert"' in html and 'href="#id_name"' in html and 'href="#id_kind"' in html
    assert html.count("This field is required.") == 3
    assert show("error_summary.html", form=PersonForm()).strip() == ""


def test_what_was_typed_is_shown_escaped(show):
    html = show("form.html", form=PersonForm({"name": "<b>&"}))
    assert "&lt;b&gt;&amp;" in html and "<b>&" not in html


def test_a_message_offers_undo_only_where_its_view_offered_it(show):
    undoable = Message(constants.SUCCESS, "Thrown away", extra_tags="undo:/courses/7/restore/")
    html = show("messages.html", messages=[undoable])
    assert '<form method="post" action="/courses/7/restore/">' in html and 'role="status"' in html
    plain = show("messages.html", messages=[Message(constants.ERROR, "Refused", extra_tags="other")])
    assert "<form" not in plain and 'role="alert"' in plain


def test_turning_the_page_keeps_the_filters(show):
    html = show("pagination.html", "?state=open&page=2", page=Paginator(range(100), 10).get_page(2))
    assert 'href="?state=open&amp;page=3"' in html
    assert '<a class="page-link" aria-current="page" href="?state=open&amp;page=2">2</a>' in html
    assert "11–20 of 100" in html


def test_one_page_needs_no_pager(show):
    assert show("pagination.html", page=Paginator(range(3), 10).get_page(1)).strip() == ""


@pytest.mark.parametrize(("people", "says"), [(5, "Not enough:"), (6, "Enough:"), (0, "Not enough:")])
def test_a_meter_says_in_words_what_its_bar_shows(show, people, says):
    html = show("meter.html", value=people, max=6, text=f"8 hours · {people} of 6 people")
    assert says in html and f"{people} of 6 people" in html


def test_a_conflict_shows_both_sides(show):
    html = show("conflict.html", conflict=[("Hours", "12", "10")], who="Somsri", when="10:42")
    assert html.index("Hours") < html.index("12") < html.index("<td>10</td>")
    assert "Somsri" in html
    assert show("conflict.html", conflict=[]).strip() == ""


def test_a_sorted_column_says_so_and_sorting_begins_at_the_first_page(rf):
    class People(tables.Table):
        name = tables.Column()
        age = tables.Column()

    people = People([{"name": "A", "age": 1}, {"name": "B", "age": 2}], order_by="-age")
    html = people.as_html(rf.get("/?page=3&state=open&sort=-age"))
    assert html.count("aria-sort") == 1 and 'aria-sort="descending"' in html
    assert 'href="?state=open&amp;sort=name"' in html
    assert 'data-label="Age"' in html
