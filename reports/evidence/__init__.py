"""Which rows stand behind the figures: querysets of a person's eyes, an office and a period."""
