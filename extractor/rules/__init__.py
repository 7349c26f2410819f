"""Pattern files: reading them with line numbers, checking them, and matching their phrases."""
