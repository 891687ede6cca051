"""Who saw or took away personal data of the people of one's school."""

from django.views.decorators.http import require_GET

from offices.lists import DisclosureFilter, DisclosureTable, disclosures_of
from offices.permissions import Can, requires
from offices.views.lists import show_list


@require_GET
@requires(Can.VIEW_DISCLOSURES)
def disclosure_list(request):
    return show_list(
        request,
        filter_class=DisclosureFilter,
        table_class=DisclosureTable,
        rows=disclosures_of(request.user),
        template="offices/disclosures.html",
        export_query=request.GET.urlencode(),
    )
