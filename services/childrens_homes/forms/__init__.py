"""What is typed at the desk of homes."""
