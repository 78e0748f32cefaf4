"""What the common sections of specifications are about: `Background` and `Motivation` are one."""

from __future__ import annotations

import re
from functools import lru_cache

from spec_lsp.compare import normalise
from spec_lsp.template.notation.titles import is_denied, singular

# Each paragraph is one subject. Words that are not ASCII are also found inside others.
_SUBJECTS = """
summary overview abstract introduction synopsis tldr preface résumé resumen resumo zusammenfassung
überblick riepilogo обзор краткое введение 概要 概述 摘要 简介 요약 개요

background motivation problem context issue rationale why contexte problème motif antecedente
motivación problema contexto motivação contesto motivazione hintergrund ausgangslage kontext
мотивация проблема контекст предпосылк 背景 动机 動機 问题 課題 배경 문제 동기

design solution proposal proposed approach specification implementation change conception
proposition diseño solución propuesta desenho solução proposta soluzione entwurf lösung vorschlag
ansatz решение предложение проектирование дизайн 设计 設計 方案 解决 提案 설계 해결 제안

alternative alternativa option opción opção variante альтернатив вариант 替代 代替 候補 대안

drawback disadvantage tradeoff risk inconvénient risque desventaja riesgo desvantagem risco
nachteil risiko недостат риск 缺点 欠点 风险 リスク 단점 위험

consequence impact outcome conséquence consecuencia consequência conseguenza konsequenz auswirkung
последстви 后果 影响 影響 영향

question pregunta questão pergunta domanda frage вопрос 疑問 질문

test testing verification validation prueba teste prüfung тестировани 测试 テスト 테스트

rollout adoption migration deployment release déploiement despliegue einführung 上线 移行 배포
"""
# Words that say nothing about the subject: `High-Level Design` is a design.
_QUALIFIERS = (
    "and considered detail detailed high level of open or overall plan possible short statement "
    "strategy technical the unresolved"
)
# Words of titles about different things.
_GENERAL = "consideration current general information note other requirement section work"
_SHORT = 3  # letters of words that many titles share
_WORD = re.compile(r"[^\W\d_]+")
_TERMS = tuple(frozenset(line.split()) for line in _SUBJECTS.split("\n\n"))
_KNOWN = frozenset(_QUALIFIERS.split()).union(*_TERMS)
_INSIDE = tuple(frozenset(each for each in terms if not each.isascii()) for terms in _TERMS)


@lru_cache(maxsize=2048)
def subjects(title: str) -> frozenset[int]:
    """The common subjects that a title names; none if it denies one: `Out of Scope`."""
    if is_denied(title):
        return frozenset()
    key, words = _key(title), _words(title)
    return frozenset(
        number
        for number, (terms, inside) in enumerate(zip(_TERMS, _INSIDE, strict=True))
        if words & terms or any(each in key for each in inside)
    )


def is_general(title: str) -> bool:
    """Whether a title names nothing but common subjects: not `Security Design`."""
    return all(word in _KNOWN or (not word.isascii() and subjects(title)) for word in _words(title))


def is_telling(word: str) -> bool:
    """Whether two titles that begin with a word are about the same: it names their subject."""
    return len(word) > _SHORT and word not in _GENERAL.split() and word not in _KNOWN


def _words(title: str) -> frozenset[str]:
    return frozenset(singular(word) for word in _WORD.findall(_key(title)))


def _key(title: str) -> str:
    return normalise(title).replace("tl;dr", "tldr").replace("trade-off", "tradeoff")
