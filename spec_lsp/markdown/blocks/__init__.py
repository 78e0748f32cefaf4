"""What each line is: two readers of the same grammar, a fast one and a complete one."""
