"""Thin screens over `desk`: they show values and ask for acts, nothing else."""
