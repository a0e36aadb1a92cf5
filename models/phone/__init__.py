"""What the public does and sees: vacancies, registration, a candidate's own page."""
