"""What templates are called in other languages, and which characters are letters there."""

from __future__ import annotations

# Inside a character class: the letters of scripts that put blanks between words, and accents on
# their own. In others a placeholder has letters on both sides.
LETTER = "A-Za-z\u00c0-\u024f\u0300-\u036f\u0370-\u04ff"
_ENDING = r"\w{0,3}"
_SPACED = "plantilla|vorlage|sjablo|szablon|skabelon|šablon|sablon|шаблон"
_UNSPACED = "模板|模版|テンプレート|雛形|ひな形|템플릿"
# Words that mean a template, wherever they are; those of English are read with more care.
ABOUT_TEMPLATE = rf"(?:\b(?:{_SPACED}){_ENDING}\b|{_UNSPACED})"
# Words that also mean a model: `modelo-de-dados` is none.
MODEL = "mod[eè]le|modelo|modello"
# In the name of a file, between separators.
TEMPLATE = rf"(?:templates?|tmpl|(?:{_SPACED}){_ENDING}|\w{{0,8}}(?:{_UNSPACED}))"
