-- Starts the server: with vim.lsp.enable if Neovim has it, otherwise by attaching to buffers.
local server = require('spec_lsp.server')
local M = {}

-- Options passed to setup(), merged into the defaults.
M.options = { cmd = { 'spec-lsp', 'serve' }, settings = {}, autocomplete = false, picker = 'auto' }

--- The configuration of the server, in the form of vim.lsp.config.
function M.config()
  return {
    cmd = require('spec_lsp.program').command(M.options.cmd),
    filetypes = { 'markdown' },
    root_markers = require('spec_lsp.root').markers,
    settings = { ['spec-lsp'] = M.options.settings },
    init_options = M.options.settings,
    capabilities = M.options.capabilities,
    commands = {
      ['specLsp.showReferences'] = M.show_references,
      [''] = function() end, -- the command of a code lens that is only text
    },
    handlers = {
      ['specLsp/changed'] = function(...)
        return require('spec_lsp.statusline').on_changed(...)
      end,
      ['specLsp/indexed'] = server.on_indexed,
    },
  }
end

--- Start the server for Markdown files; Neovim 0.7 and newer.
function M.setup(options)
  M.options = vim.tbl_deep_extend('force', M.options, options or {})
  if vim.lsp.enable then
    if M.options.autocomplete then
      require('spec_lsp.autocomplete').enable()
    end
    vim.lsp.config('spec_lsp', M.config())
    vim.lsp.enable('spec_lsp')
  else
    require('spec_lsp.older').enable()
  end
end

M.client = server.client

--- The progress of the current document, for a status line, where `%` is written twice.
function M.statusline()
  return ((vim.b.spec_lsp_status or ''):gsub('%%', '%%%%'))
end

--- Run a command of the server for this buffer; `done` is called with the result and the client.
function M.ask(command, given, done)
  local client = server.client()
  if client then
    M.execute(client, command, given, done)
  else
    local hint = 'spec-lsp is not attached to this buffer; run :checkhealth spec_lsp'
    vim.notify(hint, vim.log.levels.WARN)
  end
end

--- Run a command of a server.
function M.execute(client, command, given, done, quiet)
  local params = { command = command, arguments = { given or vim.empty_dict() } }
  server.send(client, 'workspace/executeCommand', params, done, quiet)
end

--- Show the references of a code lens in the quickfix list.
function M.show_references(command, context)
  local uri, position = command.arguments[1], command.arguments[2]
  local params = {
    textDocument = { uri = uri },
    position = position,
    context = { includeDeclaration = false },
  }
  local client = vim.lsp.get_client_by_id(context.client_id)
  server.send(client, 'textDocument/references', params, function(found)
    local others = vim.tbl_filter(function(each)
      return each.uri ~= uri
    end, found or {})
    local items = vim.lsp.util.locations_to_items(others, client.offset_encoding)
    vim.fn.setqflist({}, ' ', { title = command.title, items = items })
    vim.cmd('botright copen')
  end)
end

return M
