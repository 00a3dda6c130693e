"""Consent, records of looks at sensitive data, the masking policy."""
