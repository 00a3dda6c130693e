"""Forms of screening: fields and their cleaning. Saving is done by the actions."""
