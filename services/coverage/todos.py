"""What waits for officers in the organisation of women workers. Derived by query."""

from services.coverage import return_todos
from services.foundation.todos import Todo


def todos_for(user) -> list[Todo]:
    return return_todos.todos_for(user)
