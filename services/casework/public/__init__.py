"""Her side of casework, and what everybody may see."""
