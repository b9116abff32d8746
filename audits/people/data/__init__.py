"""What is stored of people: a page for everybody, their export, and their erasure."""
