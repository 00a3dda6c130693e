"""Pages that look across the services: my services, the desk, search. No tables."""
