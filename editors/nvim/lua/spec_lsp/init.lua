-- Starting the server: through vim.lsp.enable where Neovim has it, by hand in older ones.
local M = {}

M.root_markers = { 'spec-lsp.toml', '.spec-lsp.toml', '.spec-lsp', '.git' }

-- What the user passed to setup(), on top of the defaults.
M.options = { cmd = { 'spec-lsp', 'serve' }, settings = {} }

--- The configuration of the server, in the form of vim.lsp.config.
function M.config()
  return {
    cmd = require('spec_lsp.program').command(M.options.cmd),
    filetypes = { 'markdown' },
    root_markers = M.root_markers,
    settings = { ['spec-lsp'] = M.options.settings },
    init_options = M.options.settings,
    commands = { ['specLsp.showLocations'] = M.show_locations },
  }
end

--- Start the server for Markdown files, in any Neovim from 0.7 on.
function M.setup(options)
  M.options = vim.tbl_deep_extend('force', M.options, options or {})
  if vim.lsp.enable then
    vim.lsp.config('spec_lsp', M.config())
    vim.lsp.enable('spec_lsp')
  else
    require('spec_lsp.older').enable()
  end
end

--- The client that serves a buffer.
function M.client(buffer)
  local find = vim.lsp.get_clients or vim.lsp.get_active_clients
  for _, client in ipairs(find()) do
    if client.name == 'spec_lsp' and vim.lsp.buf_is_attached(buffer or 0, client.id) then
      return client
    end
  end
end

--- Ask the server for one of its commands; `done` gets the answer.
function M.ask(command, given, done)
  local client = M.client()
  if not client then
    local hint = 'spec-lsp does not serve this buffer; :checkhealth spec_lsp says why'
    vim.notify(hint, vim.log.levels.WARN)
    return
  end
  local params = { command = command, arguments = { given or vim.empty_dict() } }
  local handler = function(err, answer)
    if err then
      vim.notify('spec-lsp: ' .. err.message, vim.log.levels.ERROR)
    elseif done then
      done(answer, client)
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request('workspace/executeCommand', params, handler)
  else
    client.request('workspace/executeCommand', params, handler)
  end
end

--- What a click on a code lens shows: the places that refer to a document or a requirement.
function M.show_locations(command, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  local locations = command.arguments[3]
  local items = vim.lsp.util.locations_to_items(locations, client.offset_encoding)
  vim.fn.setqflist({}, ' ', { title = command.title, items = items })
  vim.cmd('botright copen')
end

return M
