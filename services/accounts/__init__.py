"""People who sign in: users, one-time codes, passwords and second factors, sessions."""
