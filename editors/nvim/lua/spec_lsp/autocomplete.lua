-- Completion while typing, and when a value has been deleted, which Neovim itself does not notice.
local server = require('spec_lsp.server')
local M = {}

local newer = vim.fn.has('nvim-0.11') == 1
local PAUSE = 100 -- ms in which a completion plugin closes its popup for the deleted text

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

-- Open the popup: that of a completion plugin if one is loaded, else Neovim's own.
local function open(buffer, client_id)
  if package.loaded['cmp'] then
    require('cmp').complete()
  elseif package.loaded['blink.cmp'] then
    require('blink.cmp').show({ providers = { 'lsp' } })
  elseif newer then
    vim.lsp.completion.get()
  else
    open_omni(buffer, client_id)
  end
end

-- Whether a value of a field or table cell would begin at the cursor: `Status: |` or `| |`.
local function before_value()
  local column = vim.api.nvim_win_get_cursor(0)[2]
  return vim.api.nvim_get_current_line():sub(1, column):find('[:|]%**%s*$') ~= nil
end

--- Complete in a buffer: while typing (Neovim 0.11 and newer), and when a value has been deleted.
function M.attach(client_id, buffer)
  if package.loaded['cmp'] or package.loaded['blink.cmp'] then
    -- The plugin completes while typing.
  elseif newer then
    vim.lsp.completion.enable(true, client_id, buffer, { autotrigger = true })
  else
    vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
  end
  -- A plugin inserts what is chosen without an event, so the length may be of an earlier text.
  local line, length = 0, 0
  local function look(event)
    local now, size = vim.fn.line('.'), #vim.api.nvim_get_current_line()
    local shorter = event.event == 'InsertEnter' or now == line and size <= length
    line, length = now, size
    if shorter and before_value() and vim.fn.pumvisible() == 0 then
      local tick = vim.b[buffer].changedtick
      vim.defer_fn(function()
        -- A choice that was made meanwhile is not to be lost.
        local same = vim.api.nvim_buf_is_valid(buffer) and vim.b[buffer].changedtick == tick
        if same and vim.fn.mode() == 'i' and vim.lsp.buf_is_attached(buffer, client_id) then
          open(buffer, client_id)
        end
      end, PAUSE)
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
