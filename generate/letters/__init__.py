"""Letters to units: their words, and the mail they become."""
