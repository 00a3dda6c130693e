"""Staff accounts and the sign-in log on the desk."""
