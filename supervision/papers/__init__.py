"""Form 11 on paper: the official page as printed, and after it the parts that the letter asks for."""
