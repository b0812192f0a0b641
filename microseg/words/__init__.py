"""What the words of a statement give away: who it is about, and whether any product would owe it."""
