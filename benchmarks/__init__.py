"""Measures of speed and memory. `python -m benchmarks` runs the small ones; see README.md."""
