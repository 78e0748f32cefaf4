"""Expressions whose work grows faster than the text: none may be added.

Most read a title of at most 400 characters, a cell, a field or one line, so that their work stays
small. `collect` counts some as used again and again in a text although they match at one place.
"""

QUADRATIC = frozenset(
    {
        "spec_lsp.compare._NUMBERING",
        "spec_lsp.compare._OPTIONAL_MARK",
        "spec_lsp.compare._REMARK",
        "spec_lsp.compare._REQUIRED_MARK",
        "spec_lsp.compare._SEPARATOR",
        "spec_lsp.features.rename.id._mention_edit",
        "spec_lsp.features.shared.id_fields._SHAPES",
        "spec_lsp.markdown.blocks.scan._TOKEN",
        "spec_lsp.markdown.inline._LINKS",
        "spec_lsp.markdown.lists._AFTER_BOLD_ID",
        "spec_lsp.markdown.lists._AFTER_ID",
        "spec_lsp.rules.comments._BREAK",
        "spec_lsp.rules.missing_sections._NUMBERING",
        "spec_lsp.rules.values._HEAD",
        "spec_lsp.template.notation.known_values._JOINTS",
        "spec_lsp.storage.cache_folder._DATABASE",
        "spec_lsp.template.notation.choices._NOTE",
        "spec_lsp.template.notation.choices._PARAMETER",
        "spec_lsp.template.notation.placeholders._BARE_TARGET",
        "spec_lsp.template.notation.placeholders._TARGET",
        "spec_lsp.template.notation.titles._TAIL",
        "spec_lsp.template.read.fields._DATE_VALUE",
        "spec_lsp.template.read.fields._OPTIONAL_TAIL",
        "spec_lsp.template.read.front_matter_notes._COMMENTED",
        "spec_lsp.template.read.kind_name._TEMPLATE_WORD",
        "spec_lsp.template.write.tab_stops._GUIDES",
        "spec_lsp.template.write.yaml_values._BLOCK_MAP",
        "spec_lsp.template.write.yaml_values._FLOW",
        "spec_lsp.template.write.yaml_values._FLOW_MAP",
        "spec_lsp.template.write.yaml_values._LAST_NOTES",
        "spec_lsp.template.write.yaml_values._UNSAFE",
        "spec_lsp.template.write.yaml_values._UNSAFE_MEMBER",
        "spec_lsp.workspace.collect.links._AFTER_DEFINITION",
        "spec_lsp.workspace.collect.links._NAMED",
        "spec_lsp.workspace.collect.mentions._LISTED",
        "spec_lsp.workspace.config.globs._TOKEN",
        "spec_lsp.workspace.known_ids._EXTERNAL",
    }
)
