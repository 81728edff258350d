"""What ./setup, ./test and the mutation run are made of. Standard library only: nothing is installed yet."""
