"""What people ask each other and say beside answers."""
