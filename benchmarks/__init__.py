"""What the suite costs, each figure measured side by side with what it is held against."""
