"""Routes of messages on the desk."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from services.foundation.area import DeskArea
from services.messaging import policies
from services.messaging.desk import log, texts


class MessagingDesk(DeskArea):
    name = "messaging_desk"
    url_prefix = "messages"
    menu_label = _("Message texts")
    icon = "mail"
    menu_name = "message-texts"
    menu_order = 620
    add_to_settings_menu = True

    @staticmethod
    def may_enter(user):
        return policies.may_keep_messages(user)

    def get_urlpatterns(self):
        return [
            path("", texts.TextList.as_view(), name="texts"),
            path("results/", texts.TextList.as_view(results_only=True), name="texts_results"),
            path("<int:pk>/", texts.EditText.as_view(), name="text"),
            path("log/", log.DeliveryLog.as_view(), name="log"),
            path("log/results/", log.DeliveryLog.as_view(results_only=True), name="log_results"),
            path("log/<str:token>/retry/", log.Retry.as_view(), name="retry"),
        ]
