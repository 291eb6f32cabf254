"""The cited knowledge: YAML under `data/`, its schema, loader, lint and pack."""
