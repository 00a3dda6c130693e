"""What is typed and ticked around sign-up."""
