"""What women and visitors see of activities, and the organiser's phone at the door."""
