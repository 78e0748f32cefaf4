-- The problems of the whole project in the quickfix list, and the report in a browser.
local cli = require('spec_lsp.cli')
local M = {}

local TYPES = { error = 'E', warning = 'W', info = 'I', hint = 'N' }

-- The byte column of a column in characters; `texts` caches the lines of files.
local function byte_column(file, at, texts)
  if not texts[file] then
    local fine, lines = pcall(vim.fn.readfile, file)
    texts[file] = fine and lines or {}
  end
  local before = vim.fn.strcharpart(texts[file][at.line] or '', 0, at.column - 1)
  return #before + 1
end

local function counted(count, name)
  return ('%d %s%s'):format(count, name, count == 1 and '' or 's')
end

--- Check the project; the arguments are those of `spec-lsp check`.
function M.run(arguments)
  local words = vim.list_extend({ 'check' }, arguments)
  cli.json(words, function(found, root)
    local items, texts = {}, {}
    for _, each in ipairs(found.diagnostics) do
      local file, start = root .. '/' .. each.path, each.range.start
      table.insert(items, {
        filename = file,
        lnum = start.line,
        col = byte_column(file, start, texts),
        type = TYPES[each.severity],
        text = ('%s [%s]'):format(each.message, each.rule),
      })
    end
    local title = ('spec-lsp check: %s in %s'):format(
      counted(#items, 'problem'),
      counted(found.summary.files, 'file')
    )
    vim.fn.setqflist({}, ' ', { title = title, items = items })
    if #items == 0 then
      vim.cmd('cclose')
      vim.notify(title, vim.log.levels.INFO)
    else
      vim.cmd('botright copen')
    end
  end)
end

-- Open a page in the browser.
local function browse(file)
  if vim.ui.open then
    vim.ui.open(file)
    return
  end
  local opener = vim.fn.has('mac') == 1 and 'open' or vim.fn.has('win32') == 1 and 'explorer' or 'xdg-open'
  pcall(vim.fn.jobstart, { opener, file }, { detach = true })
end

--- Write the report to a file; without one, to the cache folder, and open it in the browser.
function M.report(arguments)
  local given = arguments[1] and vim.fn.fnamemodify(arguments[1], ':p')
  local file = given or vim.fn.stdpath('cache') .. '/spec-lsp-report.html'
  vim.fn.mkdir(vim.fn.fnamemodify(file, ':h'), 'p')
  cli.run({ 'report', '--output', file }, function()
    vim.notify('Wrote ' .. file, vim.log.levels.INFO)
    if not given then
      browse(file)
    end
  end)
end

return M
