"""Relations between records: what they may lead to, and what follows from them."""
