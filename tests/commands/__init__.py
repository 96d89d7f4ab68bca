"""The commands that work on what runs left behind, and those that check the suite itself."""
