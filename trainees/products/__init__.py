"""Products that came out of courses: what happens to them, how they stand, and the lists of them."""
