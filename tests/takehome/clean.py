"""What runs in the clean environment: every notebook and every script of a folder, two at a time.

For each the text that it printed is written beside it, with the ending ``.out``; a failure stands there instead of it.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

TOGETHER = 2


async def run_notebook(path: Path) -> str:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.pop("outputs", None)
        if cell.cell_type == "code":
            cell.outputs = []
    await NotebookClient(notebook, timeout=120, kernel_name="python3").async_execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    pictures = sum("application/vnd.plotly.v1+json" in output.get("data", {}) for output in outputs)
    return "".join(output.get("text", "") for output in outputs) + f"pictures: {pictures}\n"


async def run_script(path: Path) -> str:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "error", path.name, cwd=path.parent, stdout=pipe, stderr=asyncio.subprocess.STDOUT
    )
    out, _ = await process.communicate()
    return out.decode("utf-8") + ("" if process.returncode == 0 else "FAILED")


async def main(folder: Path) -> None:
    gate = asyncio.Semaphore(TOGETHER)

    async def run(path: Path) -> None:
        async with gate:
            try:
                text = await (run_notebook(path) if path.suffix == ".ipynb" else run_script(path))
            except Exception as error:  # noqa: BLE001 - whatever it is, the test says it
                text = f"{error}\nFAILED"
        path.with_name(f"{path.name}.out").write_text(text, encoding="utf-8")

    await asyncio.gather(*(run(path) for path in sorted(folder.iterdir()) if path.suffix in {".py", ".ipynb"}))


asyncio.run(main(Path(sys.argv[1])))
