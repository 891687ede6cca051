"""What schools show at fairs: exhibits, and entries in contests with their results."""
