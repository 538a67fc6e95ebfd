"""Take home: of every page the link, the pictures, the numbers, and the work as a script and as a notebook."""
