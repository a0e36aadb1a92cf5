"""What is printed: QR codes, posters, sheets of passes."""
