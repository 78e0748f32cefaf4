"""The normalised names of fields for the dates of a document."""

from __future__ import annotations

CREATED = (
    "created", "date created", "created at", "created on", "created date", "creation date", "date",
    "opened", "proposed", "reported", "creado", "fecha de creación", "créé", "date de création",
    "erstellt", "erstellt am", "criado em", "data de criação", "creato", "дата создания",
    "创建时间", "创建日期", "作成日", "작성일",
)  # fmt: skip
UPDATED = (
    "updated", "last updated", "updated at", "updated date", "updated on", "date updated",
    "modified", "last modified", "date modified", "last update", "actualizado",
    "última actualización", "mis à jour", "dernière mise à jour", "aktualisiert",
    "zuletzt aktualisiert", "zuletzt geändert", "atualizado em", "última atualização",
    "aggiornato", "ultimo aggiornamento", "дата обновления", "обновлено", "更新时间", "更新日期",
    "最后更新", "更新日", "最終更新日", "최종 수정일", "수정일",
)  # fmt: skip
