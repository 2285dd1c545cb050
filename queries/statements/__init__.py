"""Statements of functions: parsed, compared, and scored with reasons.

parse("Tham mưu quản lý nhà nước về bưu chính")      → Statement
Scorer(statements).score(a, b)                        → Score with its parts
"""

from queries.statements.model import CLASSES, Class, Item, Part, Score, Statement, Term
from queries.statements.parse import parse
from queries.statements.score import Scorer

__all__ = ["CLASSES", "Class", "Item", "Part", "Score", "Scorer", "Statement", "Term", "parse"]
