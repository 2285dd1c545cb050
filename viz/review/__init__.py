"""The page on which a person reviews proposed facts beside their source."""
