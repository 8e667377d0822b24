"""Writing a plan here: its pages, what is typed on them, what a draft starts from, the paper it becomes."""
