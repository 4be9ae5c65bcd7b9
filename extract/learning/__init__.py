"""Making a form from a blank that a clerk already has."""
