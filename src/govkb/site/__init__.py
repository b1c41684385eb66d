"""The site: finished pages from a knowledge base, and nothing about who publishes them."""
