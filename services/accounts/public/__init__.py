"""Her way in and her sessions."""
