"""The dashboard in a browser: who is let in, the page, and one process of it for each visitor."""
