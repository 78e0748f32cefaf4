-- Windows with text of the plugin, and small helpers for what is shown in them.
local M = {}

--- Show lines in a new window; `open` maps <CR> to a function that returns the file of a line.
function M.show(lines, options)
  local name = 'spec-lsp://' .. options.name
  local old = vim.fn.bufnr('^' .. vim.fn.escape(name, '[]*?') .. '$')
  if old > 0 then
    vim.api.nvim_buf_delete(old, { force = true })
  end
  vim.cmd('botright new')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, lines)
  vim.bo.buftype, vim.bo.bufhidden, vim.bo.swapfile = 'nofile', 'wipe', false
  vim.bo.filetype, vim.bo.modifiable = options.filetype or '', false
  vim.api.nvim_buf_set_name(0, name)
  vim.wo.wrap = false
  local function map(key, run)
    vim.keymap.set('n', key, run, { buffer = true, nowait = true })
  end
  map('q', '<Cmd>close<CR>')
  if options.open then
    map('<CR>', function()
      local at = vim.api.nvim_win_get_cursor(0)
      local file = options.open(at[1], vim.fn.virtcol('.'))
      if file then
        vim.cmd('wincmd p')
        M.edit(file)
      end
    end)
  end
  return map
end

--- Open a file in the current window.
function M.edit(file)
  vim.cmd('edit ' .. vim.fn.fnameescape(file))
end

--- A text of exactly this width: cut or filled up.
function M.fit(text, width)
  if vim.fn.strdisplaywidth(text) <= width then
    return text .. (' '):rep(width - vim.fn.strdisplaywidth(text))
  end
  local count = vim.fn.strchars(text)
  repeat
    count = count - 1
    text = vim.fn.strcharpart(text, 0, count)
  until vim.fn.strdisplaywidth(text) < width
  return text .. '…' .. (' '):rep(width - 1 - vim.fn.strdisplaywidth(text))
end

--- The lines of a table, with columns of one width each.
function M.aligned(rows)
  local widths = {}
  for _, row in ipairs(rows) do
    for column, cell in ipairs(row) do
      widths[column] = math.max(widths[column] or 0, vim.fn.strdisplaywidth(cell))
    end
  end
  return vim.tbl_map(function(row)
    local cells = {}
    for column, cell in ipairs(row) do
      cells[column] = M.fit(cell, widths[column])
    end
    return (table.concat(cells, '  '):gsub('%s+$', ''))
  end, rows)
end

return M
