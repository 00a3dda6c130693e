"""Claims at the desk: what belongs to their review, what was granted, the condolence list, the look back."""
