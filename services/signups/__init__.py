"""Activities and training that women sign up for: from the window to the certificate."""
