"""Work that is not lost: rows that processes lease, and the relay that hands them out."""
