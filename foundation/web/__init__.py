"""What every page shares: policies, forms that lose nothing, reading that never writes."""
