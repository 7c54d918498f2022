"""Migrations of the staff tables."""
