"""Who answers for a segment."""
