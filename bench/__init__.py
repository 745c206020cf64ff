"""`make bench`: luodi's bars, each as a ratio against a named peer measured in the same run."""
