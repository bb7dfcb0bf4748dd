"""Issues in the forms that other programs read: a file a form."""
