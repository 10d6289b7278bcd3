"""What a PLG does with the lines of its materials."""
