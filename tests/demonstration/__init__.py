"""Tests of the demonstration region."""
