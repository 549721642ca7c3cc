"""Does the code of a solution stand in a cell above, with other names, numbers and texts?"""

import ast


def shown(solution, cells):
    """Return the first of `cells` (source texts) that holds the body of the one function in `solution`; "" if none.

    The body is there where its statements stand one after another in a block of the cell or, where it is a single
    statement, where its value is part of any expression. Names, numbers and texts do not count, nor does the order
    in a sum or a product.
    """
    function = next(node for node in ast.parse(solution).body if isinstance(node, ast.FunctionDef))
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    wanted = [_shape(statement) for statement in body]
    return next((cell for cell in cells if _holds(ast.parse(cell), wanted)), "")


def _holds(tree, wanted):
    if len(wanted) == 1:
        return any(_shape(node) == wanted[0] for node in ast.walk(tree) if isinstance(node, (ast.expr, ast.stmt)))
    size = len(wanted)
    for node in ast.walk(tree):
        for block in (getattr(node, "body", None), getattr(node, "orelse", None)):
            shapes = [_shape(statement) for statement in block] if isinstance(block, list) else []
            if any(shapes[start : start + size] == wanted for start in range(len(shapes) - size + 1)):
                return True
    return False


def _shape(node):
    """Return a nested tuple of the kinds of the nodes; returning, assigning and printing a value are its shape."""
    if isinstance(node, (ast.Return, ast.Assign, ast.AnnAssign, ast.Expr)) and node.value is not None:
        return _shape(node.value)
    if isinstance(node, (ast.Name, ast.Constant)):
        return "value"
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mult)):
        return (type(node.op).__name__, *sorted(map(_shape, _operands(node, type(node.op))), key=repr))
    own = [node.attr] if isinstance(node, ast.Attribute) else [node.arg] if isinstance(node, ast.keyword) else []
    parts = [
        _shape(child) for child in ast.iter_child_nodes(node) if not isinstance(child, (ast.expr_context, ast.arg))
    ]
    return (type(node).__name__, *own, *parts)


def _operands(node, kind):
    if isinstance(node, ast.BinOp) and isinstance(node.op, kind):
        return [*_operands(node.left, kind), *_operands(node.right, kind)]
    return [node]
