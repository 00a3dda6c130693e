"""The filters of a desk list whose choices never change, remembered: drawing two dozen fields is a quarter of its page.

Wagtail's template is put behind this tag by ``templates/wagtailadmin/shared/headers/_filters.html``. A filter set says
of itself that its choices stand (``choices_stand``): what they are follows from the program alone, for everybody.
"""

from collections import OrderedDict
from functools import cache

from django.template import Template, engines
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.admin.templatetags import wagtailadmin_tags as wagtails

_TEMPLATE = "wagtailadmin/shared/headers/_filters.html"
_AT_MOST = 200
_remembered: OrderedDict[tuple, SafeString] = OrderedDict()


@cache
def _wagtails_own() -> Template:
    """The template that ours stands before."""
    engine = engines["django"].engine
    _ours, origin = engine.find_template(_TEMPLATE)
    return engine.find_template(_TEMPLATE, skip=[origin])[0]


@wagtails.register.simple_tag(takes_context=True)
def remembered_filters(context, filters) -> SafeString:
    """Wagtail's filters; drawn once for each language and for what was chosen, errors included."""
    if not getattr(filters, "choices_stand", False):
        return _wagtails_own().render(context)
    key = (type(filters), get_language(), _chosen(filters.form))
    if key not in _remembered:
        _remembered[key] = _wagtails_own().render(context)
    _remembered.move_to_end(key)
    while len(_remembered) > _AT_MOST:
        _remembered.popitem(last=False)
    return _remembered[key]


def _chosen(form) -> tuple:
    """What a bound form was given for each of its fields, as it was sent."""
    if not form.is_bound:
        return ()
    given = {name: (field.widget, form.add_prefix(name)) for name, field in form.fields.items()}
    sent = {name: widget.value_from_datadict(form.data, {}, key) for name, (widget, key) in given.items()}
    return tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in sent.items())
