"""The domain: nouns, rules, sync and counting. Nothing in here knows the web."""
