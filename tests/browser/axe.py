"""Runs axe-core on a page, and measures what axe does not."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Frame, Page

AXE = Path(__file__).parent.parent.parent / "web/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALLEST_TARGET = 24
"""CSS pixels, as WCAG 2.2 success criterion 2.5.8 has it."""


def violations(page: Page | Frame) -> list[str]:
    """The rules that a page breaks, each with the first places."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, iframes: false}).then(done => done.violations)",
        TAGS,
    )
    return [f"{rule['id']}: {[node['html'][:160] for node in rule['nodes'][:3]]}" for rule in found]


def overflow(page: Page | Frame) -> int:
    """How many pixels a page is wider than its window."""
    return int(
        page.evaluate(
            "() => { const root = document.documentElement; return root.scrollWidth - root.clientWidth }"
        )
    )


def small_targets(page: Page | Frame) -> list[str]:
    """Controls that are seen and smaller than a finger needs."""
    return list(
        page.evaluate(
            """smallest => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
            .map(node => node.closest("label") ?? node)
            .filter(node => node.checkVisibility())
            .map(node => [node, node.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < smallest || box.height < smallest))
            .map(([node, box]) => `${node.outerHTML.slice(0, 120)} ${box.width}x${box.height}`)""",
            SMALLEST_TARGET,
        )
    )
