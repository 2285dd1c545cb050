"""Public registers that can be loaded by name, each from a package of its own."""
