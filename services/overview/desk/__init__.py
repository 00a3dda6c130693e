"""The desk as a whole: what waits for the person who signed in, the menu, the language switch, the look."""
