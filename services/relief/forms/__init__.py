"""Forms of relief, shared by her pages and the desk where both ask the same."""
