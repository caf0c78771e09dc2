"""What operators do with a running house: back it up, put it back, name the first administrator."""
