"""All that follows from operations and settlements, and can be derived from them again."""
