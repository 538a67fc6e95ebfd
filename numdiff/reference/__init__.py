"""What the error's parts are measured against: f, f′ and Im f(x + ih) in high precision, at one's choice of bits."""
