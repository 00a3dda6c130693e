"""What the product says to people: templates, channels, an outbox that sends after commit."""
