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
  local root = M.root(vim.api.nvim_buf_get_name(buffer))
  local config = require('spec_lsp').config()
  config.name = 'spec_lsp'
  config.root_dir = root
  config.workspace_folders = root and { { uri = vim.uri_from_fname(root), name = root } } or nil
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  running[root or ''] = running[root or ''] or vim.lsp.start_client(config)
  if running[root or ''] then
    vim.lsp.buf_attach_client(buffer, running[root or ''])
  end
end

--- The nearest folder with a configuration or repository; nil for a file outside of one.
function M.root(name)
  local folder = vim.fn.fnamemodify(name, ':p:h')
  while folder ~= '' do
    for _, marker in ipairs(require('spec_lsp').root_markers) do
      if vim.fn.getftype(folder .. '/' .. marker) ~= '' then
        return folder
      end
    end
    local above = vim.fn.fnamemodify(folder, ':h')
    if above == folder then
      return nil
    end
    folder = above
  end
end

--- Drop the clients, so that the next buffer starts a new one.
function M.forget()
  running = {}
end

return M
