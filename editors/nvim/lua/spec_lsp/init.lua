-- Starts the server: with vim.lsp.enable if Neovim has it, otherwise by attaching to buffers.
local M = {}

M.root_markers = { 'spec-lsp.toml', '.spec-lsp.toml', '.spec-lsp', '.git' }

-- Options passed to setup(), merged into the defaults.
M.options = { cmd = { 'spec-lsp', 'serve' }, settings = {} }

--- The configuration of the server, in the form of vim.lsp.config.
function M.config()
  return {
    cmd = require('spec_lsp.program').command(M.options.cmd),
    filetypes = { 'markdown' },
    root_markers = M.root_markers,
    settings = { ['spec-lsp'] = M.options.settings },
    init_options = M.options.settings,
    commands = { ['specLsp.showReferences'] = M.show_references },
  }
end

--- Start the server for Markdown files; Neovim 0.7 and newer.
function M.setup(options)
  M.options = vim.tbl_deep_extend('force', M.options, options or {})
  if vim.lsp.enable then
    vim.lsp.config('spec_lsp', M.config())
    vim.lsp.enable('spec_lsp')
  else
    require('spec_lsp.older').enable()
  end
end

--- The client attached to a buffer.
function M.client(buffer)
  local find = vim.lsp.get_clients or vim.lsp.get_active_clients
  for _, client in ipairs(find()) do
    if client.name == 'spec_lsp' and vim.lsp.buf_is_attached(buffer or 0, client.id) then
      return client
    end
  end
end

--- Send a request; `done` is called with the result.
local function send(client, method, params, done)
  local handler = function(err, answer)
    if err then
      vim.notify('spec-lsp: ' .. err.message, vim.log.levels.ERROR)
    elseif done then
      done(answer, client)
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, params, handler)
  else
    client.request(method, params, handler)
  end
end

--- Run a command of the server; `done` is called with the result.
function M.ask(command, given, done)
  local client = M.client()
  if not client then
    local hint = 'spec-lsp is not attached to this buffer; run :checkhealth spec_lsp'
    vim.notify(hint, vim.log.levels.WARN)
    return
  end
  local params = { command = command, arguments = { given or vim.empty_dict() } }
  send(client, 'workspace/executeCommand', params, done)
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
  send(client, 'textDocument/references', params, function(found)
    local others = vim.tbl_filter(function(each)
      return each.uri ~= uri
    end, found or {})
    local items = vim.lsp.util.locations_to_items(others, client.offset_encoding)
    vim.fn.setqflist({}, ' ', { title = command.title, items = items })
    vim.cmd('botright copen')
  end)
end

return M
