-- The progress of documents: as a message, and in `b:spec_lsp_status` for status lines.
local spec = require('spec_lsp')
local server = require('spec_lsp.server')
local M = {}

--- The progress as short texts.
function M.parts(state)
  local parts = { state.percent .. '% complete' }
  if state.status ~= '' then
    table.insert(parts, 1, state.status)
  end
  if state.placeholders > 0 then
    table.insert(parts, state.placeholders .. ' placeholders left')
  end
  if state.tasks[2] > 0 then
    table.insert(parts, ('tasks %d/%d'):format(state.tasks[1], state.tasks[2]))
  end
  return parts
end

-- Update the variable of a buffer, and redraw the status line.
local function update(buffer, client)
  local given = { uri = vim.uri_from_bufnr(buffer) }
  spec.execute(client, 'specLsp.status', given, function(state)
    if vim.api.nvim_buf_is_valid(buffer) then
      vim.b[buffer].spec_lsp_status = state and table.concat(M.parts(state), ' · ') or nil
      vim.cmd('redrawstatus!')
    end
  end, true)
end

--- Handler of `specLsp/changed`: the progress of the visible documents may be stale.
function M.on_changed(_, _, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  local seen = {}
  for _, each in ipairs(client and vim.api.nvim_list_wins() or {}) do
    local buffer = vim.api.nvim_win_get_buf(each)
    if not seen[buffer] and vim.lsp.buf_is_attached(buffer, client.id) then
      seen[buffer] = true
      update(buffer, client)
    end
  end
end

--- Show the progress of this document.
function M.run()
  spec.ask('specLsp.status', { uri = vim.uri_from_bufnr(0) }, function(state)
    if state then
      local text = table.concat(vim.list_extend({ state.template }, M.parts(state)), ' · ')
      vim.notify(text, vim.log.levels.INFO)
    else
      vim.notify('This document has no template', vim.log.levels.INFO)
    end
  end)
end

return M
