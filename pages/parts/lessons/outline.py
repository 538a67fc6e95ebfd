"""The lessons in the lecture's order, and the screens of each: which function, point and Δx a screen begins with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Start:
    """What a screen begins with, as one would type it; ``at`` has the values of the variables after the first."""

    f: str = "x^2"
    x: str = "3.0"
    dx: str = "10^-4"
    at: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Screen:
    """One idea.

    Attributes
    ----------
    name : str
        Unique within the lesson; the heading of its text.
    start : Start
    example : str
        Screens of one lesson with the same word share the learner's own function and point.
    """

    name: str
    start: Start = Start()
    example: str = ""


@dataclass(frozen=True)
class Lesson:
    """A chapter; ``slug`` is its name in the address and that of its module and text."""

    slug: str
    screens: tuple[Screen, ...]

    @property
    def page(self) -> str:
        """The page's file, for navigation."""
        return f"pages/learn/{self.slug}.py"

    def screen(self, name: str) -> Screen:
        """Return a screen by its name, the first one for a name that the lesson does not have."""
        return next((screen for screen in self.screens if screen.name == name), self.screens[0])


_COARSE = Start(dx="1")
_LIMIT = Start(f="x^2", x="3.0", dx="1")
_RUN = Start(f="x^2", x="3.0", dx="10^-4")
_CODE = Start(f="def func1(x):\n    return x**2\n\nf = lambda x: func1(x)")
_PRODUCT = Start(f="3x e^x", x="2.0", dx="10^-4")
_SURFACE = Start("2x + 3xy + y^3", "1", "10^-4", (("y", "1"),))
_WEIGHT = Start("체중(야식, 운동) = 60 + 2 야식 e^(-운동/10) - 1.5 ln(운동 + 1)", "3", "10^-4", (("운동", "2"),))
_SUM = Start("f(x_1, x_2) = -Σ_{i=1}^{2} 3 y x_i", "1", "10^-4", (("x_2", "3"), ("y", "2")))
_INSIDE = Start("e^(3x^2)", "0.5", "10^-4")

LESSONS: tuple[Lesson, ...] = (
    Lesson(
        "why",
        (Screen("average", _COARSE), Screen("instant", _COARSE), Screen("foretell", Start(dx="0.1"))),
    ),
    Lesson(
        "definition",
        (Screen("limit", _LIMIT), Screen("sides", _LIMIT), Screen("kink", Start("|x|", "0", "0.5"), "kink")),
    ),
    Lesson(
        "standard",
        (
            Screen("rules", Start(x="1.5")),
            Screen("terms", Start("3x^2 + e^x + 7", "1.0"), "terms"),
            Screen("reciprocal", Start("ln x + 1/x", "2.0", "0.5"), "reciprocal"),
        ),
    ),
    Lesson(
        "numerical",
        (Screen("recipe", _RUN), Screen("run", _RUN), Screen("paste", _CODE, "paste"), Screen("smaller", _PRODUCT)),
    ),
    Lesson(
        "examples",
        (
            Screen("square", _RUN),
            Screen("twice", _RUN),
            Screen("why_not", _RUN),
            Screen("product", _PRODUCT, "product"),
            Screen("compare", _PRODUCT, "product"),
        ),
    ),
    Lesson(
        "partials",
        (
            Screen("idea", _SURFACE, "surface"),
            Screen("by_x", _SURFACE, "surface"),
            Screen("by_y", _SURFACE, "surface"),
            Screen("weight", _WEIGHT, "weight"),
        ),
    ),
    Lesson(
        "chainrule",
        (Screen("compose", _INSIDE), Screen("cancel", _INSIDE), Screen("numbers", _INSIDE)),
    ),
    Lesson(
        "exercises",
        (
            Screen("first", Start("xy + 3e^-x + y^2", "1", at=(("y", "2"),)), "first"),
            Screen("second", Start("3x ln y + y e^(x^2) + 5", "1", at=(("y", "2"),)), "second"),
            Screen("third", _SUM, "third"),
            Screen("proof", Start("1/(1 + e^-x)", "0.5"), "proof"),
            Screen("others", Start("tanh x", "0.5"), "others"),
        ),
    ),
)

SLUGS: tuple[str, ...] = tuple(lesson.slug for lesson in LESSONS)


def lesson_of(slug: str) -> Lesson:
    """Return a lesson by its name."""
    return next(lesson for lesson in LESSONS if lesson.slug == slug)


def sections() -> tuple[str, ...]:
    """Return the ids of all screens, ``why.average``."""
    return tuple(f"{lesson.slug}.{screen.name}" for lesson in LESSONS for screen in lesson.screens)


def neighbours(slug: str) -> tuple[Lesson | None, Lesson | None]:
    """Return the lessons before and after one."""
    place = SLUGS.index(slug)
    before = LESSONS[place - 1] if place else None
    return before, LESSONS[place + 1] if place + 1 < len(LESSONS) else None
