"""Women workers' records in the desk. Records are addressed by token; numbers are masked and never in a URL."""
