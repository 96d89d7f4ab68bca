"""Tests of what people and machines see of a run."""
