"""Tables: what a command found out in rows, written as text, Markdown or CSV."""
