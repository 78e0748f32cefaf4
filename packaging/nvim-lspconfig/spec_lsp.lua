---@brief
---
--- Language server for specification documents in Markdown: a plain Markdown template is the
--- schema for completion, diagnostics, navigation and rename.
---
--- Install it in an environment of its own:
---
--- ```sh
--- uv tool install spec-lsp
--- ```
---
--- It works without configuration; `spec-lsp init` writes a `spec-lsp.toml` with your templates.

---@type vim.lsp.Config
return {
  cmd = { 'spec-lsp', 'serve' },
  filetypes = { 'markdown' },
  root_markers = { { 'spec-lsp.toml', '.spec-lsp.toml', '.spec-lsp' }, '.git' },
}
