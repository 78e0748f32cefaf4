-- Attaches to Markdown buffers in Neovim before 0.11, which has no vim.lsp.enable.
local M = {}

local running = {}

function M.enable()
  local group = vim.api.nvim_create_augroup('spec_lsp', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = 'markdown',
    callback = function(event)
      M.attach(event.buf)
    end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].filetype == 'markdown' then
      M.attach(buffer)
    end
  end
end

function M.attach(buffer)
  if vim.bo[buffer].buftype ~= '' then
    return
  end
  local id = M.start((require('spec_lsp.root').find(vim.api.nvim_buf_get_name(buffer))))
  if id then
    vim.lsp.buf_attach_client(buffer, id)
    if require('spec_lsp').options.autocomplete then
      require('spec_lsp.autocomplete').attach(id, buffer)
    end
  end
end

--- The ID of the client for a root, or for files outside of one; it is started if it does not run.
function M.start(root)
  local key = root or ''
  if not running[key] or not vim.lsp.get_client_by_id(running[key]) then
    local config = require('spec_lsp').config()
    config.name = 'spec_lsp'
    config.root_dir = root
    config.workspace_folders = root and { { uri = vim.uri_from_fname(root), name = root } } or nil
    running[key] = vim.lsp.start_client(config)
  end
  return running[key]
end

--- Drop the clients, so that the next buffer starts a new one.
function M.forget()
  running = {}
end

return M
