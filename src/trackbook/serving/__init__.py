"""What an author sees while writing: the site as it is now, and the issues of each page. It knows no host."""
