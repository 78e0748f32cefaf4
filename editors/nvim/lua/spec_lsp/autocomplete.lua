-- Completion while typing, and when a value has been deleted, which Neovim itself does not notice.
local server = require('spec_lsp.server')
local M = {}

local newer = vim.fn.has('nvim-0.11') == 1

-- The completion plugin that is set up, if any. Both are loaded once they are installed, so a loaded
-- nvim-cmp counts only with sources.
local function plugin()
  local cmp = package.loaded['cmp']
  if cmp and #cmp.get_config().sources > 0 then
    return 'cmp'
  end
  return package.loaded['blink.cmp'] and 'blink' or nil
end

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
  local name = plugin()
  if name == 'cmp' then
    require('cmp').complete()
  elseif name == 'blink' then
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
  local is_enabled = false
  -- Many load their plugin when they begin to insert: only then it is known whether there is one.
  local function enable()
    if is_enabled or plugin() then
      return
    end
    is_enabled = true
    if newer then
      vim.lsp.completion.enable(true, client_id, buffer, { autotrigger = true })
    else
      vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
    end
  end
  if vim.fn.mode() == 'i' then
    enable()
  end
  -- A plugin inserts what is chosen without an event, so the length may be of an earlier text.
  local line, length = 0, 0
  local function look(event)
    local now, size = vim.fn.line('.'), #vim.api.nvim_get_current_line()
    local shorter = event.event == 'InsertEnter' or now == line and size <= length
    line, length = now, size
    local tick = vim.b[buffer].changedtick
    -- After the other callbacks of the event, in which a plugin is loaded or closes its popup.
    vim.schedule(function()
      -- A choice that was made meanwhile is not to be lost.
      local same = vim.api.nvim_buf_is_valid(buffer) and vim.b[buffer].changedtick == tick
      if not (same and vim.fn.mode() == 'i' and vim.lsp.buf_is_attached(buffer, client_id)) then
        return
      end
      enable()
      if shorter and before_value() and vim.fn.pumvisible() == 0 then
        open(buffer, client_id)
      end
    end)
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
