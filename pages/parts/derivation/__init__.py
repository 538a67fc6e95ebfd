"""The derivation worked out: its lines, its rules by name, and what is kept of it, for every page that shows one."""
