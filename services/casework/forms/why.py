"""Beside each sensitive field of hers: why it is asked."""

from django.utils.text import format_lazy


class SaysWhy:
    """Put before a form that she fills in. ``why`` names its sensitive fields and says in her words what each is needed
    for; it stands after the field's own help."""

    why: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.say_why()

    def say_why(self) -> None:
        """Once more after a form has set a help of its own."""
        for name, words in self.why.items():
            field = self.fields.get(name)
            if field is None or str(words) in str(field.help_text):
                continue
            field.help_text = format_lazy("{} {}", field.help_text, words) if field.help_text else words
