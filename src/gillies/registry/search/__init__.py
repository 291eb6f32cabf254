"""Search of a built registry: by number, by name however it was typed, by specialty, by place."""
