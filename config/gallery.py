"""Every component of templates/components on one page: to look at, and for the browser tests to judge."""

import json
from pathlib import Path
from types import SimpleNamespace

import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render

SAMPLE = json.loads(Path(__file__).with_name("gallery.json").read_text(encoding="utf-8"))


def choices(name):
    return list(enumerate(SAMPLE["choices"][name]))


class CourseForm(forms.Form):
    title = forms.CharField(max_length=30)
    hours = forms.DecimalField(min_value=3)
    purpose = forms.ChoiceField(choices=choices("purpose"))
    way = forms.ChoiceField(choices=choices("way"), widget=forms.RadioSelect)
    groups = forms.MultipleChoiceField(
        choices=choices("groups"), widget=forms.CheckboxSelectMultiple, required=False
    )
    starts = forms.SplitDateTimeField(required=False)
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    photo = forms.FileField(required=False)
    agree = forms.BooleanField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = SAMPLE["labels"][name]
            field.help_text = SAMPLE["help"].get(name, "")


class FilterForm(forms.Form):
    title = forms.CharField(label=SAMPLE["labels"]["title"], required=False)
    purpose = forms.ChoiceField(label=SAMPLE["labels"]["purpose"], choices=choices("purpose"), required=False)


class CourseTable(tables.Table):
    title = tables.Column(verbose_name=SAMPLE["labels"]["title"], linkify=lambda: "#")
    place = tables.Column(verbose_name=SAMPLE["labels"]["place"])
    starts = tables.Column(verbose_name=SAMPLE["labels"]["starts"], orderable=False)
    hours = tables.Column(
        verbose_name=SAMPLE["labels"]["hours"],
        attrs={"td": {"class": "numeric"}, "th": {"class": "numeric"}},
    )
    state = tables.TemplateColumn(
        '{% include "components/badge.html" with label=value kind="note" only %}',
        verbose_name=SAMPLE["labels"]["state"],
    )


@login_not_required
def gallery(request):
    for level, text in SAMPLE["messages"].items():
        undo = "undo:/" if level == "success" else ""
        messages.add_message(request, getattr(messages, level.upper()), text, extra_tags=undo)
    table = CourseTable(SAMPLE["courses"] * 30, order_by="-hours", template_name="django_tables2/ours.html")
    table.caption = SAMPLE["table"]["caption"]
    table.paginate(page=int(request.GET.get("page", 6)), per_page=4)
    mistaken = CourseForm({"title": "x" * 40, "hours": "2", "starts_0": "31/02"}, auto_id="wrong_%s")
    context = {
        "sample": SAMPLE,
        "form": CourseForm(initial={"title": SAMPLE["courses"][0]["title"], "way": 0, "agree": True}),
        "mistaken": mistaken,
        "filter": SimpleNamespace(form=FilterForm(auto_id="filter_%s")),
        "courses": table,
        "page": Paginator(range(200), 20).get_page(1),
        "field": mistaken["hours"],
    }
    return render(request, "components/gallery.html", context)
