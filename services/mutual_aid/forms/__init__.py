"""What is typed in mutual aid."""
