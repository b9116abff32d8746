"""What a paper shows where a reviewer’s verdict replaces the computed one."""
