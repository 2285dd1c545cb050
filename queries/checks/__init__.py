"""What data owners must mend, one module for each kind of fact; `queries.check` runs them all."""
