"""The glossary: terms in both languages, how they are found, and the small pictures beside them."""
