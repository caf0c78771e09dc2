"""The public's figures: counted once a day, protected before they are stored, shown as they lie."""
