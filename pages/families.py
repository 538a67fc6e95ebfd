"""The families of messages: which codes an id that is put together at run time can end in.

A message whose id is written out is found by reading the source. One whose id is put together, such as ``tidy.{}``,
is known by its family only: the enumeration that numdiff or the pages take its code from. So a code that is added there
asks for a sentence here, before anybody meets it on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from types import MappingProxyType
from typing import Any, get_args

from numdiff.derivation.chain.stages import Reason as ChainReason
from numdiff.derivation.chain.stages import StageId
from numdiff.derivation.export.text import HEADINGS
from numdiff.derivation.relation.proof import NoteCode, ProofCode
from numdiff.derivation.rules.order import CHAIN, RULES
from numdiff.derivation.steps import WORDED, CheckReason, ConditionKind, TidyRule
from numdiff.derivative.result import Reason, Status
from numdiff.difference.schemes import SCHEMES
from numdiff.error.advice import Advice
from numdiff.error.advice import Code as VerdictCode
from numdiff.error.point import Kind as PointKind
from numdiff.evaluate.answer import REASONS as EXACT_REASONS
from numdiff.functions.registry import having
from numdiff.gradient.check.check import Band
from numdiff.gradient.check.margins import KinkKind
from numdiff.graph.numbers import NodeReason
from numdiff.notation.errors import ERROR_CODES, NOTE_CODES
from numdiff.practice.exercise import KINDS, QUESTIONS
from numdiff.practice.judge import DIAGNOSES
from numdiff.practice.numeric import MEANINGS
from numdiff.reference.errors import REASONS as SWEEP_REASONS
from pages.apply.practice import entry, keeping, ladder
from pages.apply.practice import fields as practice
from pages.explore.chain import fields as chain
from pages.explore.chain import rulecard
from pages.explore.chain.steps import Outcome
from pages.explore.error import fields as error
from pages.explore.error import methods
from pages.explore.error import panel as errorpanel
from pages.explore.error import panel as errorwhy
from pages.explore.error.bugs import BUGS, OWN_KINK
from pages.explore.error.data import Told
from pages.explore.error.methods import ADAPTIVE, Trouble
from pages.explore.error.methods import SCHEMES as COMPARED
from pages.explore.gradcheck import fields as gradcheck
from pages.explore.gradcheck import functionview, networkview, prices, tables
from pages.explore.partial import fields as partial
from pages.learn.glossary.terms import terms
from pages.learn.lessons.numerical import recipe
from pages.parts import fields
from pages.parts.canvas.script import BORROWED
from pages.parts.entries import ENTRY_CODES
from pages.parts.graph import scene
from pages.parts.lessons import outline
from pages.parts.page import Section, table
from pages.parts.page import fields as all_fields
from pages.parts.surface import weight
from pages.parts.takehome.exactly import How


def _codes(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - typing has no type for a Literal
    """Return the codes of a Literal, without the empty one that stands for nothing to say."""
    return tuple(str(code) for code in get_args(kind) if code)


def _ids(pattern: str, *codes: Iterable[object]) -> tuple[str, ...]:
    return tuple(pattern.format(*parts) for parts in product(*codes))


_SAID_OF_F = ("checked", *(code for code in _codes(NoteCode) if code != "checked"), "none")
_COLUMNS = (*tables.CHECK_COLUMNS, *tables.WEIGHT_COLUMNS, *tables.EDGE_COLUMNS, *prices.COLUMNS)
_SWEEP = tuple(reason for reason in SWEEP_REASONS if reason)
_SCHEMES = tuple(SCHEMES)
_WITHOUT_VALUE = (Status.KINK, Status.NOT_DIFFERENTIABLE, Status.OUTSIDE_DOMAIN)

_CODES: Mapping[str, tuple[Iterable[object], ...]] = {
    # what numdiff finds
    "advice.{}": (_codes(Advice),),
    "chain.condition.{}": ((*_codes(ConditionKind), *WORDED),),
    "chain.failed.{}": (_codes(CheckReason),),
    "chain.none.{}": ((*_codes(ChainReason), "rewritten"),),
    "chain.proof.note.{}": (_SAID_OF_F,),
    "chain.proof.{}": (_codes(ProofCode),),
    "error.{}": ((*ERROR_CODES, *ENTRY_CODES),),
    "error.gap.{}": (_SWEEP,),
    "error.reason.{}": (_SWEEP,),
    "gradcheck.band.{}": (Band,),
    "gradcheck.headline.{}": (Band,),
    "gradcheck.kink.{}{}": (_codes(KinkKind), ("", ".maybe")),
    "graph.reason.{}": (_codes(NodeReason),),
    "here.{}": (_codes(VerdictCode),),
    "methods.reason.{}": ((*(reason for reason in Reason if reason), "none"),),
    "methods.says.{}": (tuple(Status),),
    "methods.status.{}": ((*(status for status in Status if status not in _WITHOUT_VALUE), "no_value"),),
    "note.{}": ((*NOTE_CODES, *(f"convention.{name}" for name in having(has_convention=True))),),
    "partial.missing.{}": (EXACT_REASONS,),
    "point.{}": (_codes(PointKind),),
    "rule.{}": ((*RULES, CHAIN),),
    "tidy.{}": (_codes(TidyRule),),
    # exercises
    "practice.ask.{}": (QUESTIONS,),
    "practice.because.{}": (MEANINGS,),
    "practice.help.{}": (ladder.RUNGS,),
    "practice.kind.{}": (KINDS,),
    "practice.load.{}": (_codes(keeping.Trouble),),
    "practice.refused.{}": (entry.REFUSED,),
    "practice.wrong.{}": ((*DIAGNOSES, "unknown"),),
    # files that are taken home
    "chain.file.{}": (
        (*HEADINGS, *(f"stage.{name}" for name in _codes(StageId)), *(f"condition.{c}" for c in WORDED)),
    ),
    "takehome.exact.{}": ([how for how in _codes(How) if how != "none"],),
    "takehome.partial.{}": ([how for how in _codes(How) if how != "none"],),
    # choices, and what they are called
    "chain.field.{}": (("chain", "sign", "reveal", "known"),),
    "chain.known.{}": (chain.KNOWN,),
    "chain.reveal.{}": ((*chain.REVEALS, "hint", "rule", "done"),),
    "chain.rules.{}": (rulecard.CARD,),
    "chain.shorter.{}": (_codes(Outcome),),
    "chain.view.{}": (chain.VIEWS,),
    "dtype.{}": (fields.DTYPES,),
    "field.{}": (
        (
            *("curves", "dtypes", "focus", "kinds", "level", "model", "number", "parts", "schemes"),
            *("sheet", "sheet_seed", "slope", "step", "teacher", "window"),
        ),
    ),
    "gradcheck.field.{}": (
        (
            *("activation", "broken", "check", "hidden", "loss", "mistake"),
            *("point", "precision", "quotient", "seed", "tenths"),
        ),
    ),
    "gradcheck.loss.{}": (gradcheck.LOSSES,),
    "gradcheck.mistake.{}": (gradcheck.MISTAKES,),
    "gradcheck.view.{}": (gradcheck.VIEWS,),
    "lesson.field.{}": (("f", "x", "dx"),),
    "link.name.{}": (all_fields(),),
    "method.{}": (("lecture", *COMPARED, *ADAPTIVE),),
    "partial.view.{}": (partial.VIEWS,),
    "step.{}": (error.STEP_KINDS,),
    "view.{}": (error.VIEWS,),
    "window.{}": (("auto", "step"),),
    # names, titles and columns
    "bugs.{}.fix": ([bug.name for bug in (*BUGS, OWN_KINK)],),
    "bugs.{}.title": ([bug.name for bug in (*BUGS, OWN_KINK)],),
    "bugs.{}.why": ([bug.name for bug in (*BUGS, OWN_KINK)],),
    "error.column.{}": (errorpanel.COLUMNS,),
    "error.fold.{}": (errorwhy.FOLDS,),
    "error.leading.{}": (errorwhy.LEADING,),
    "formats.row.{}": (("roundoff", "spacing", "lecture", "relative", "absolute", "step", "hope", "at_step", "best"),),
    "glossary.group.{}": (dict.fromkeys(term.group for term in terms().values()),),
    "gradcheck.column.{}": (_COLUMNS,),
    "gradcheck.net.{}": (networkview.HEADS,),
    "gradcheck.{}": ((*functionview.FOLDS, *networkview.FOLDS),),
    "graph.{}": (scene.WORDS,),
    "lesson.recipe.{}": (recipe.PARTS,),
    "lesson.{}": ([lesson.slug for lesson in outline.lessons()],),
    "methods.column.{}": (methods.COLUMNS,),
    "methods.{}": (_codes(Trouble),),
    "nav.{}": (get_args(Section),),
    "page.{}": ([page.slug for page in table() if page.slug and not isinstance(page, outline.Lesson)],),
    "partial.weight.{}": ([part.name for part in weight.PARTS],),
    "short.{}": ((*_SCHEMES, "truncation", "rounding"),),
    "term.{}": ((*_SCHEMES, "truncation", "node_rounding", "evaluation"),),
    # sentences about what is seen
    "chain.gap{}": (("", ".sum", ".value"),),
    "chain.product{}": (("", ".sum", ".value"),),
    "error.story.{}": (_codes(Told),),
    "gradcheck.descent.parted.{}": (("kink", "step"),),
    "gradcheck.net.headline.{}": (("good", "exact"),),
    "graph.says.{}": (("up", "down"),),
    "lesson.foretell.{}": (("up", "down", "flat"),),
    "lesson.product.{}": (("product", "rules"),),
    "lesson.why_not.{}": (("none", "right", "wrong"),),
    "partial.along.{}": (("same", "opposite", "across", "other"),),
    "partial.surface.alt.{}": (("up", "down", "flat", "none"),),
    "partial.weight.{}.{}": ([part.name for part in weight.PARTS], ("up", "down", "same")),
    "picture.{}": (fields.SCHEMES,),
}

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {pattern: _ids(pattern, *codes) for pattern, codes in _CODES.items()}
    | {
        "practice.{}.{}": (*_ids("practice.sheet.{}", practice.SHEETS), *_ids("practice.level.{}", practice.LEVELS)),
        "{}.{}": (
            *(f"{group}.{name}" for group, names in BORROWED.items() for name in names),
            *(*_ids("dtype.{}", fields.DTYPES), *_ids("short.{}", _SCHEMES), *_ids("practice.kind.{}", KINDS)),
        ),
    }
)
"""The ids that each pattern can give; every one of them has a message in every language."""

VARIANTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "rule.{}.says": _ids("rule.{}.says", (*RULES, CHAIN, "standard")),
        "rule.{}.hint": _ids("rule.{}.hint", (*RULES, CHAIN, "standard")),
        "gradcheck.mistake.{}.{}": _ids("gradcheck.mistake.{}.{}", gradcheck.MISTAKES, ("mul", "div")),
    }
)
"""The ids for which there may be a message that says more than another one, which stands in where there is none."""
