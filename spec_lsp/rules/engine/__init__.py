"""Running rules: from findings to diagnostics."""
