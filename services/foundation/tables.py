"""Making many tables and triggers in one migration without rendering every model of the project for each of them."""

from collections.abc import Callable

from django.db.migrations.operations.base import Operation


class CreateTables(Operation):
    """The ``CreateModel`` operations given, in their order, as one.

    Django renders anew, after each model, all those related to it; here that is nearly every model there is. The
    models of one migration enter its state together, and are rendered beside those that stand: a new table changes no
    older one, and the way back to it is added to theirs as when an app is loaded.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, models: list):
        self.models = models

    def deconstruct(self):
        return type(self).__name__, [], {"models": self.models}

    def state_forwards(self, app_label, state):
        rendered = state.__dict__.pop("apps", None)  # a cached property; without it nothing is rendered anew
        for model in self.models:
            model.state_forwards(app_label, state)
        if rendered is not None:
            rendered.render_multiple([state.models[app_label, model.name_lower] for model in self.models])
            state.apps = rendered

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Create {len(self.models)} tables"

    @property
    def migration_name_fragment(self):
        return "tables"


class Statements(Operation):
    """What a function tells the server by ``schema_editor`` alone: triggers and their functions.

    ``RunPython`` would render all models anew for a function that asks for none.
    """

    reduces_to_sql = False
    reversible = True

    def __init__(self, forwards: Callable, backwards: Callable):
        self.forwards, self.backwards = forwards, backwards

    def deconstruct(self):
        return type(self).__name__, [self.forwards, self.backwards], {}

    def state_forwards(self, app_label, state):
        """No table changes."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self.forwards(schema_editor)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self.backwards(schema_editor)

    def describe(self):
        return f"Tell the server: {self.forwards.__name__}"

    @property
    def migration_name_fragment(self):
        return self.forwards.__name__
