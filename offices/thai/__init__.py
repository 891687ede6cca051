"""Thai conventions, each rule once: eras, fiscal years, digits, dictionary order, ID, baht."""
