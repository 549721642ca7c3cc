"""What a simulated set is made from, as a key that changes when the set would.

The key covers the function that writes the set, every definition of the course's helpers that it uses, and the whole
file of every simulator that it reaches. An edit elsewhere, in a message of the reader or in another simulator, leaves
the key, and with it the set that lies in the cache, as they are.
"""

import ast
import functools
import hashlib
import inspect
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
WHOLE = "phantoms"  # of this package a file counts as a whole


def key(write, inputs=()):
    """Return 8 hex digits for a function that writes a set and the files that it reads.

    inputs: paths of input data, whose content counts. Raises FileNotFoundError where one is missing.
    """
    digest = hashlib.sha256()
    for name, text in sorted(sources(write).items()):
        digest.update(f"{name}\0{text}\0".encode())
    for path in inputs:
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()[:8]


def sources(write):
    """Return {name: source text} of all that a function is made from: "module.definition", or "module" for a file."""
    start = inspect.unwrap(write)
    todo, found = [(start.__module__, start.__qualname__.split(".")[0])], {}
    for cell in start.__closure__ or ():  # what an outer function put into it
        if isinstance(cell.cell_contents, (str, int, float, tuple)):
            found["closure"] = found.get("closure", "") + repr(cell.cell_contents)
    while todo:
        module, name = todo.pop()
        whole = module.split(".")[0] == WHOLE
        label = module if whole or not name else f"{module}.{name}"
        if label in found or not _file(module):
            continue
        text, definitions, imports = _parsed(module)
        if whole:
            found[label] = text
            todo += [target for node in ast.walk(ast.parse(text)) for target in _imports(node).values()]
        elif name in definitions:
            node = definitions[name]
            found[label] = ast.get_source_segment(text, node)
            todo += _used(node, module, definitions, imports)
        elif name in imports:
            todo.append(imports[name])
    return found


def _used(node, module, definitions, imports):
    """Return the (module, name) pairs that a definition refers to."""
    local = {}
    for part in ast.walk(node):
        local |= _imports(part)
    known, used = imports | local, []
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in definitions:
            used.append((module, part.id))
        elif isinstance(part, ast.Name) and part.id in known and known[part.id][1]:
            used.append(known[part.id])
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in known:
            used.append((known[part.value.id][0], part.attr))
    return used + [target for target in local.values() if target[0].split(".")[0] == WHOLE]


def _imports(node):
    """Return {alias: (module, name or "")} of an import; a name that is a module of the project is a module."""
    if isinstance(node, ast.Import):
        return {alias.asname or alias.name: (alias.name, "") for alias in node.names}
    if not isinstance(node, ast.ImportFrom):
        return {}
    found = {}
    for alias in node.names:
        inner = f"{node.module}.{alias.name}"
        found[alias.asname or alias.name] = (inner, "") if _file(inner) else (node.module, alias.name)
    return found


@functools.cache
def _parsed(module):
    """Return (text, {name: node of its definition}, {alias: (module, name)}) of a module."""
    text = _file(module).read_text(encoding="utf-8")
    definitions, imports = {}, {}
    for node in ast.parse(text).body:
        imports |= _imports(node)
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            definitions[node.name] = node
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
            definitions |= dict.fromkeys(names, node)
    return text, definitions, imports


def _file(module):
    """Return the path of a module of the project, or None."""
    path = PROJECT.joinpath(*module.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)
