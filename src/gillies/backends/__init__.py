"""Rule trees as SQL for other engines. Every call to SQLGlot stays in here."""
