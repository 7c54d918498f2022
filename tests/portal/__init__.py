"""Tests of the pages and of the web door."""
