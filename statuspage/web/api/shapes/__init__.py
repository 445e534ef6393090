"""What the API takes (fields it does not know are refused) and what it gives, one module per resource."""
