"""What a statement says, and what it leaves out."""
