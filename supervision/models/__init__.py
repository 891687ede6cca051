from supervision.models.forms import FormItem, FormVersion
from supervision.models.proposals import ProposedItem
from supervision.models.spending import VisitSpending
from supervision.models.visits import Visit

__all__ = ["FormItem", "FormVersion", "ProposedItem", "Visit", "VisitSpending"]
