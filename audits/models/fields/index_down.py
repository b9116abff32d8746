"""An index from the largest value on."""

from typing import Any

from django.db import models


class IndexDown(models.Index):
    """A descending index with unstated values last, as SQLite has it without a word."""

    def create_sql(
        self, model: Any, schema_editor: Any, using: str = "", **more: Any
    ) -> Any:
        if schema_editor.connection.vendor != "sqlite":
            return super().create_sql(model, schema_editor, using, **more)
        plain = [
            models.OrderBy(part.expression, descending=part.descending)
            if isinstance(part, models.OrderBy)
            else part
            for part in self.expressions
        ]
        index = models.Index(*plain, name=self.name)
        return index.create_sql(model, schema_editor, using, **more)
