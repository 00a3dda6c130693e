"""The dialogue in which an editor types an address outside the site."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.choosers import ExternalLinkChooserForm, URLOrAbsolutePathField
from wagtail.admin.views.chooser import ExternalLinkView


class AddressField(URLOrAbsolutePathField):
    """Wagtail's own breaks where the field is missing from what is sent; this one is then as good as empty."""

    def to_python(self, value):
        return super().to_python(value or "")


class ExternalLinkForm(ExternalLinkChooserForm):
    url = AddressField(label=_("URL"))


choose_external_link = require_admin_access(ExternalLinkView.as_view(form_class=ExternalLinkForm))
