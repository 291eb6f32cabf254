"""The web door: pages for people, a JSON API for programs. Nothing typed is kept or logged."""
