"""A tree as fully bracketed text, so that a table can say what was understood."""

from numdiff.tree import (
    Add,
    Call,
    Constant,
    Div,
    Indexed,
    IndexedSum,
    Mul,
    Neg,
    Node,
    Number,
    Pow,
    Sub,
    Variable,
)

_SIGNS = {Add: "+", Sub: "-", Mul: "*", Div: "/"}


def show(node: Node) -> str:
    match node:
        case Number():
            return node.text
        case Constant() | Variable():
            return node.name
        case Indexed():
            return f"{node.base}[{node.index}]"
        case Neg():
            return f"(-{show(node.argument)})"
        case Pow():
            return f"({show(node.base)}^{show(node.exponent)})"
        case Call():
            return f"{node.name}({','.join(map(show, node.arguments))})"
        case IndexedSum():
            return f"SUM[{node.index}={node.lower}..{node.upper}]({show(node.body)})"
        case _:
            return f"({show(node.left)}{_SIGNS[type(node)]}{show(node.right)})"
