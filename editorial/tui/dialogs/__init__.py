"""Dialogs, each imported by the act that opens it."""
