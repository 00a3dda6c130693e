"""What her pages of mutual aid show."""
