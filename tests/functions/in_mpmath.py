"""A form computed in mpmath by its own functions: an interpreter that shares nothing with the program's."""

import mpmath

from numdiff.tree import Add, Call, Constant, Div, Mul, Neg, Number, Pow, Sub, Variable


def value(node, at, functions):
    """Return the value of a tree; ``functions`` are mpmath's by our names."""

    def of(part):
        return value(part, at, functions)

    match node:
        case Number():
            return mpmath.mpf(node.value.numerator) / node.value.denominator
        case Constant():
            return +mpmath.e if node.name == "e" else +mpmath.pi
        case Variable():
            return at[node.name]
        case Neg():
            return -of(node.argument)
        case Add():
            return of(node.left) + of(node.right)
        case Sub():
            return of(node.left) - of(node.right)
        case Mul():
            return of(node.left) * of(node.right)
        case Div():
            return of(node.left) / of(node.right)
        case Pow():
            base, exponent = of(node.base), of(node.exponent)
            if base < 0 and isinstance(node.exponent, Div):
                return -((-base) ** exponent)
            return base**exponent
        case Call(name, arguments):
            several = {"max": max, "min": min, "hypot": mpmath.hypot}
            return (several.get(name) or functions[name])(*map(of, arguments))
