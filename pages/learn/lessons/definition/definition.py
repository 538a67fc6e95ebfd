"""The definition: a limit that settles, its two forms, and the condition under which they agree."""

from __future__ import annotations

from pages.learn.lessons import entry, frame, pieces
from pages.learn.lessons.stage import Stage
from pages.parts import panel

FORMS = ("forward", "central")
SIDES = ("forward", "backward", "central")


def _limit(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.fields(stage.screen, _, ("f", "x"))
        pieces.draw_quotients(given, pieces.DECADES, ("forward",), _)
        stage.explore("secant", _("lesson.explore.secant"), **pieces.same(given), schemes=("forward",))
    stage.write(slots={"exact": lambda: pieces.draw_exact(given, _)})


def _sides(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.fields(stage.screen, _)
        pieces.draw_canvas(stage, given, FORMS)
    stage.write(slots={"table": lambda: pieces.draw_quotients(given, pieces.DECADES[:5], FORMS, _)})


def _kink(stage: Stage) -> None:
    _ = stage.messages
    with stage.live():
        given = entry.fields(stage.screen, _, ("x", "dx"))
        pieces.draw_canvas(stage, given, SIDES)
    here = pieces.found(given, SIDES)
    steps = [given.dx.value / 10**power for power in range(3)]
    stage.write(
        slots={
            "table": lambda: pieces.draw_quotients(given, steps, SIDES, _),
            "sentence": lambda: pieces.draw_said(panel.sentence(here, "central", _)),
            "explore": lambda: stage.explore("secant", _("lesson.explore.secant"), **pieces.same(given), schemes=SIDES),
        }
    )


frame.show("definition", {"limit": _limit, "sides": _sides, "kink": _kink})
