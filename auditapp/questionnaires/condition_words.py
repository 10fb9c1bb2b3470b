"""A condition in one line of words, and back: `boarding = yes and not (answer policy = no)`. Pure.

    condition := part {"and" part} | part {"or" part}
    part      := "not" part | ("all" | "any") "(" condition ")" | "(" condition ")" | compared
    compared  := ["answer"] name ("=" | "!=" | ">=" | "<=" | "in") (value | "(" value {"," value} ")")

A name that is no fact of an organisation is an earlier question's key; "answer" before it says so
where both might be meant. A value is a word, a number, or text in double quotes.
"""

import json
import re
from typing import Any

from auditapp.questionnaires.conditions import FACTS

OPS = {"eq": "=", "ne": "!=", "in": "in", "least": ">=", "most": "<="}
NAMED = {sign: op for op, sign in OPS.items()}
WORDS = {"and", "or", "not", "all", "any", "in", "answer"}
MOST_DEPTH = 14
MOST_CHARS = 5_000
_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|!=|>=|<=|[=(),]|[^\s=!<>(),"]+)')
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def condition_words(condition: dict[str, Any]) -> str:
    """In words; `condition` as the canonical document has it."""
    for word, joint in (("all", " and "), ("any", " or ")):
        if word in condition:
            parts = condition[word]
            if len(parts) == 1:
                return f"{word} ({condition_words(parts[0])})"
            return joint.join(_within(part) for part in parts)
    if "not" in condition:
        return f"not ({condition_words(condition['not'])})"
    return _compared_words(condition)


def _within(part: dict[str, Any]) -> str:
    words = condition_words(part)
    return f"({words})" if len(part.get("all", part.get("any", ()))) > 1 else words


def _compared_words(condition: dict[str, Any]) -> str:
    name, is_fact = condition.get("key"), "key" in condition
    if not is_fact:
        name = condition["answer"]
        name = f"answer {name}" if name in FACTS or name in WORDS else name
    value = condition["value"]
    if isinstance(value, list):
        said = f"({', '.join(one if _PLAIN.fullmatch(one) else _quoted(one) for one in value)})"
    elif isinstance(value, bool):
        said = {True: "yes", False: "no"}[value] if is_fact else str(value).lower()
    elif isinstance(value, str) and not (
        _PLAIN.fullmatch(value) and _value(value, is_fact) == value
    ):
        said = _quoted(value)
    else:
        said = str(value)
    return f"{name} {OPS[condition.get('op', 'eq')]} {said}"


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_json(words: str) -> Any:
    """Raises `ValueError` where it is no JSON, or nothing that can be kept as text."""
    try:
        found = json.loads(words)
        json.dumps(found, ensure_ascii=False).encode()
        if _depth(found) > MOST_DEPTH:
            raise ValueError
    except (ValueError, RecursionError):
        raise ValueError(f"this is not JSON: {words[:40]!r}") from None
    return found


def _depth(value: Any) -> int:
    if not isinstance(value, dict | list):
        return 0
    inside = value.values() if isinstance(value, dict) else value
    return 1 + max(map(_depth, inside), default=0)


def _value(word: str, of_fact: bool) -> Any:
    """As the file would read it: whole numbers, true and false; yes and no of a fact."""
    if word.startswith('"'):
        return read_json(word)
    if not _PLAIN.fullmatch(word) and not _WHOLE.fullmatch(word):
        raise ValueError(f"put {word!r} in double quotes")
    if of_fact and word.lower() in ("yes", "no"):
        return word.lower() == "yes"
    if word in ("true", "false"):
        return word == "true"
    return int(word) if _WHOLE.fullmatch(word) else word


def read_condition(words: str) -> dict[str, Any]:
    """What `words` say, as the canonical document has it.

    Raises:
        ValueError: they are no condition; the message says where.
    """
    reader = _Reader(words)
    condition = reader.condition(0)
    if reader.next:
        raise ValueError(f"expected 'and' or 'or' before {reader.next!r}")
    return condition


class _Reader:
    def __init__(self, words: str) -> None:
        if len(words) > MOST_CHARS:
            raise ValueError(f"a condition has at most {MOST_CHARS:,} characters")
        self.tokens: list[str] = []
        at, end = 0, len(words.rstrip())
        while at < end:
            found = _TOKEN.match(words, at)
            if not found:
                raise ValueError(f"cannot read {words[at:].strip()[:20]!r}")
            self.tokens.append(found[1])
            at = found.end()
        self.tokens.reverse()

    @property
    def next(self) -> str:
        return self.tokens[-1] if self.tokens else ""

    def take(self, *expected: str) -> str:
        if not self.tokens or (expected and self.next not in expected):
            wanted = " or ".join(expected) or "more"
            where = f"before {self.next!r}" if self.next else "at the end"
            raise ValueError(f"expected {wanted} {where}")
        return self.tokens.pop()

    def condition(self, depth: int) -> dict[str, Any]:
        parts = [self.part(depth)]
        joint = self.next
        if joint not in ("and", "or"):
            return parts[0]
        while self.next == joint:
            self.take(joint)
            parts.append(self.part(depth))
        if self.next in ("and", "or"):
            raise ValueError("put brackets where 'and' and 'or' meet")
        return {"all" if joint == "and" else "any": parts}

    def part(self, depth: int) -> dict[str, Any]:
        if depth > MOST_DEPTH:
            raise ValueError(f"at most {MOST_DEPTH} brackets in one another")
        if self.next == "not":
            self.take()
            return {"not": self.part(depth + 1)}
        if self.next in ("all", "any") and self.tokens[-2:-1] == ["("]:
            return {self.take(): [self.condition_in_brackets(depth)]}
        return self.condition_in_brackets(depth) if self.next == "(" else self.compared()

    def condition_in_brackets(self, depth: int) -> dict[str, Any]:
        self.take("(")
        condition = self.condition(depth + 1)
        self.take(")")
        return condition

    def compared(self) -> dict[str, Any]:
        name = self.take()
        is_answer = name == "answer"
        name = self.take() if is_answer else name
        op = NAMED[self.take(*NAMED)]
        is_fact = name in FACTS and not is_answer
        asked: dict[str, Any] = {"key" if is_fact else "answer": name}
        if op != "eq":
            asked["op"] = op
        return asked | {"value": self.value(is_fact)}

    def value(self, of_fact: bool) -> Any:
        if self.next != "(":
            return _value(self.take(), of_fact)
        self.take("(")
        values = [self.text()]
        while self.next == ",":
            self.take(",")
            values.append(self.text())
        self.take(")")
        return values

    def text(self) -> str:
        word = self.take()
        value = _value(word, False)
        return value if isinstance(value, str) else word
