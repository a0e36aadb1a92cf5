"""Matching: which vacancies fit somebody, and why. A person decides; nothing here refuses or sends anything."""
