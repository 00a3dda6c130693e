"""Message texts and the delivery log on the desk."""
