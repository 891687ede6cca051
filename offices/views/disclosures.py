"""Who saw or took away personal data of the people of one's school."""

from django.views.decorators.http import require_GET

from offices.lists import DisclosureFilter, DisclosureTable
from offices.models import Disclosure
from offices.permissions import Can, requires
from offices.views.lists import show_list


@require_GET
@requires(Can.VIEW_DISCLOSURES)
def disclosure_list(request):
    return show_list(
        request,
        filter_class=DisclosureFilter,
        table_class=DisclosureTable,
        rows=Disclosure.objects.visible_to(request.user).select_related("school", "by").order_by("-at", "-pk"),
        template="offices/disclosures.html",
    )
