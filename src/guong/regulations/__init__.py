"""Which law applies in a department: the national data and the department's own layers (D-22)."""
