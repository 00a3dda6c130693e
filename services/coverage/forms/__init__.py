"""Forms of a union's record, of what is required, and the filters of the list."""
