"""A course edited at random, and the judges of what is built after each edit."""
