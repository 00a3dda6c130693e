"""What may not stand on a public page or in a public file, found by plain rules; and readers of files."""
