"""The desk of casework."""
