-- The root of a project: the nearest folder with a configuration or a repository.
local M = {}

M.markers = { 'spec-lsp.toml', '.spec-lsp.toml', '.spec-lsp', '.git' }

--- The root of a file or folder and the marker in it; nil if no folder above has one.
function M.find(name)
  local folder = vim.fn.fnamemodify(name, ':p:h')
  while folder ~= '' do
    for _, marker in ipairs(M.markers) do
      if vim.fn.getftype(folder .. '/' .. marker) ~= '' then
        return folder, marker
      end
    end
    local above = vim.fn.fnamemodify(folder, ':h')
    if above == folder then
      return nil
    end
    folder = above
  end
end

--- The root of the current buffer; of the current directory if the buffer is not a file in a project.
function M.current()
  local name = vim.api.nvim_buf_get_name(0)
  local root = vim.bo.buftype == '' and name ~= '' and M.find(name)
  return root or M.find(vim.fn.getcwd() .. '/') or vim.fn.getcwd()
end

return M
