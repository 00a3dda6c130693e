"""The delivery log: which message went out when, on which channel, to which masked address. No words."""

from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import DateColumn

from services.foundation import clock
from services.foundation.desk import DeskListView, DeskView
from services.foundation.desk_columns import Column
from services.foundation.errors import Refused
from services.messaging import actions
from services.messaging.desk.texts import Keepers
from services.messaging.models import Message


class RetryColumn(Column):
    cell_template_name = "messaging/desk/retry_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"csrf_token": get_token(context["request"])}


class DeliveryLog(Keepers, DeskListView):
    model = Message
    page_title = gettext_lazy("Delivery log")
    header_icon = "history"
    index_url_name = "messaging_desk:log"
    index_results_url_name = "messaging_desk:log_results"
    default_ordering = "-created_at"
    list_filter = {"key": ["exact"], "channel": ["exact"], "state": ["exact"], "created_at": ["gte", "lte"]}
    columns = [
        DateColumn("created_at", label=gettext_lazy("Written"), sort_key="created_at"),
        Column("what", label=gettext_lazy("Message"), accessor="description"),
        Column("channel", label=gettext_lazy("Channel"), accessor="get_channel_display"),
        Column("address", label=gettext_lazy("To"), accessor="masked_address"),
        Column("attempts", label=gettext_lazy("Attempts")),
        Column("error", label=gettext_lazy("Last error")),
        RetryColumn("state", label=gettext_lazy("State"), accessor="get_state_display"),
    ]

    def rows(self, user):
        return Message.objects.defer("body", "subject")


@method_decorator(require_POST, name="dispatch")
class Retry(Keepers, DeskView, View):
    """Put one given-up message back into the queue."""

    def post(self, request, token: str):
        try:
            actions.retry_message(get_object_or_404(Message, token=token), by=request.user, now=clock.now())
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        else:
            messages.success(request, _("The message is tried again now."))
        return redirect("messaging_desk:log")
