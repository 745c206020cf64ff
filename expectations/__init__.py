"""Great Expectations suites: what rows and articles must satisfy to enter, and what the published tables promise."""
