"""Plain rules of casework: working days, the promise, steps and desks, routes."""
