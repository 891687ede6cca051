"""A list on a screen: narrowed, sorted, paged, and found again as it was left."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_tables2 import RequestConfig, Table

from offices.lists import PER_PAGE, Narrowed


def show_list(
    request: Any,
    *,
    filter_class: type[Narrowed],
    table_class: type[Table],
    rows: Any,
    template: str,
    **context: Any,
) -> HttpResponse:
    """The whole page; whoever comes back to it meets the last filter again."""
    if kept := _last_filter(request):
        return redirect(f"{request.path}?{kept}")
    narrowed = filter_class(request.user, request.GET or None, queryset=rows, request=request)
    table = table_class(narrowed.qs)
    RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    context |= {"filter": narrowed, "table": table, "count": table.page.paginator.count}
    return render(request, template, context)


def _last_filter(request: HttpRequest) -> str:
    """The filter to go back to. "Clear" is the bare address asked for from the list itself."""
    key = f"filter:{request.path}"
    query = request.META["QUERY_STRING"]
    if query:
        request.session[key] = query
        return ""
    if urlsplit(request.headers.get("Referer", "")).path == request.path:
        request.session.pop(key, None)
    return request.session.get(key, "")
