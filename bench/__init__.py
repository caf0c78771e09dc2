"""`make bench`: measures beside their floors. One file a measure; nothing here is part of the portal."""
