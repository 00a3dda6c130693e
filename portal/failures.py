"""The page that is shown when something of ours broke: with a number that leads to the log entry, and nothing else."""

import logging

from django.http import HttpRequest, HttpResponseServerError
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from services.foundation.references import digits

logger = logging.getLogger(__name__)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponseServerError:
    """Needs neither database nor session. The number is logged beside the path, never with the query string."""
    number = digits(8)
    logger.error("server error %s at %s %s", f"E{number}", request.method, request.path)
    page = loader.get_template("500.html").render({"error_number": f"E{number}"})
    return HttpResponseServerError(page)
