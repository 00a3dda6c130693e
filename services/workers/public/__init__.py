"""Her side of the record: claiming it online, or asking her union's officer."""
