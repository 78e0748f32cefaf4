-- Completion while typing, and when a value has been deleted, which Neovim itself does not notice.
local server = require('spec_lsp.server')
local M = {}

local newer = vim.fn.has('nvim-0.11') == 1

-- Open the popup before Neovim 0.11: with omni completion, if the server has something to offer.
local function open_omni(buffer, client_id)
  local client = vim.lsp.get_client_by_id(client_id)
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  server.send(client, 'textDocument/completion', params, function(answer)
    local items = answer and (answer.items or answer) or {}
    local same = vim.api.nvim_get_current_buf() == buffer and vim.fn.mode() == 'i'
    if #items > 0 and same and vim.fn.pumvisible() == 0 then
      local keys = vim.api.nvim_replace_termcodes('<C-x><C-o>', true, false, true)
      vim.api.nvim_feedkeys(keys, 'n', false)
    end
  end)
end

-- Whether a value of a field or table cell would begin at the cursor: `Status: |` or `| |`.
local function before_value()
  local column = vim.api.nvim_win_get_cursor(0)[2]
  return vim.api.nvim_get_current_line():sub(1, column):find('[:|]%**%s*$') ~= nil
end

--- Complete in a buffer: while typing (Neovim 0.11 and newer), and when a value has been deleted.
function M.attach(client_id, buffer)
  if newer then
    vim.lsp.completion.enable(true, client_id, buffer, { autotrigger = true })
  else
    vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
  end
  local line, length = 0, 0
  local function look(event)
    local now, size = vim.fn.line('.'), #vim.api.nvim_get_current_line()
    local shorter = event.event == 'InsertEnter' or now == line and size < length
    line, length = now, size
    if shorter and before_value() and vim.fn.pumvisible() == 0 then
      vim.schedule(function()
        if vim.fn.mode() ~= 'i' or not vim.lsp.buf_is_attached(buffer, client_id) then
          return
        elseif newer then
          vim.lsp.completion.get()
        else
          open_omni(buffer, client_id)
        end
      end)
    end
  end
  local group = vim.api.nvim_create_augroup('spec_lsp_autocomplete_' .. buffer, { clear = true })
  vim.api.nvim_create_autocmd({ 'InsertEnter', 'TextChangedI', 'TextChangedP' }, {
    group = group,
    buffer = buffer,
    callback = look,
  })
end

--- Complete in all buffers of the server; Neovim 0.11 and newer.
function M.enable()
  vim.api.nvim_create_autocmd('LspAttach', {
    group = vim.api.nvim_create_augroup('spec_lsp_autocomplete', { clear = true }),
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if client and client.name == 'spec_lsp' then
        M.attach(client.id, event.buf)
      end
    end,
  })
end

return M
